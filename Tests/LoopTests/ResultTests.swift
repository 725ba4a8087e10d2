import Testing
import Trace

@testable import Loop

/// What a future keeps its result in: two words, or memory of its own.
struct ResultTests {
  private final class Witness {}

  private struct Wide {
    var numbers = (1, 2, 3)
    var witness = Witness()
  }

  /// Whether a result comes out as it went in, twice, and is let go with its future and not before.
  private func lives<Value>(_ make: (Witness) -> Value, _ same: (Value, Value) -> Bool) throws
    -> Bool
  {
    let loop = EventLoop(clock: .virtual)
    defer { loop.close() }
    weak var witness: Witness?
    var isKept = false
    try CurrentLoop.entered(loop) {
      let future = Future<Value>()
      do {
        let made = Witness()
        witness = made
        let value = make(made)
        try future.setResult(value)
        isKept = same(try future.result(), value)
      }
      let (first, second) = (try future.result(), try future.result())
      isKept = isKept && witness != nil && same(first, second)
    }
    return isKept && witness == nil
  }

  @Test func `a result is kept until its future goes, whatever its size`() throws {
    #expect(try lives({ $0 }, ===))
    #expect(try lives({ ($0, 7) }, { $0.0 === $1.0 && $0.1 == 7 && $1.1 == 7 }))
    #expect(
      try lives(
        { [$0, $0, $0] }, { $0.map(ObjectIdentifier.init) == $1.map(ObjectIdentifier.init) }))
    #expect(
      try lives(
        { Wide(numbers: (4, 5, 6), witness: $0) },
        { $0.witness === $1.witness && $0.numbers == (4, 5, 6) && $1.numbers == (4, 5, 6) }))
    #expect(try lives({ $0 as Witness? }, ===))
  }

  @Test func `numbers of 16 bytes in a row keep their alignment`() throws {
    let run = Run {
      let wide = SIMD4<Double>(1, 2, 3, 4)
      let coroutine = Coroutine("wide()") {
        try await sleep(0)
        return wide
      }
      let results = try await gather(coroutine, Coroutine("wide()") { wide * 2 })()
      print(results == [wide, wide * 2])
    }
    #expect(run.output == ["True"])
  }

  @Test func `nothing is a result too`() throws {
    let loop = EventLoop(clock: .virtual)
    defer { loop.close() }
    try CurrentLoop.entered(loop) {
      let future = Future<Void>()
      #expect(throws: InvalidStateError.self) { try future.result() }
      try future.setResult(())
      try future.result()
    }
  }
}
