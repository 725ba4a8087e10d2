import Testing
import Trace

@testable import Loop

struct LoopSourceTests {
  private static func source(_ clock: RunHeader.Clock = .virtual) -> LoopSource {
    let header = RunHeader(program: ["naps"], clock: clock, runtime: "test")
    return LoopSource(header: header, profile: .latest) {
      Coroutine("main()") {
        for _ in 1...3 { try await sleep(1) }
      }
    }
  }

  private static func isBegan(_ event: Event) -> Bool {
    if case .handleBegan = event.fact { true } else { false }
  }

  @Test func `nothing runs before the first step`() {
    let source = Self.source()
    let batch = source.run(until: -1, budget: 100)
    #expect(!batch.events.contains(where: Self.isBegan))
    #expect(!source.hasEnded)
  }

  @Test func `a step runs one handle, and jumps where nothing is ready`() {
    let source = Self.source()
    for _ in 1...3 { #expect(source.step().events.count(where: Self.isBegan) == 1) }
    var count = 3
    while !source.hasEnded {
      #expect(source.step().events.count(where: Self.isBegan) == 1)
      count += 1
    }
    #expect(count == 8)
    #expect(source.step().isEmpty)
  }

  @Test func `a run stops at a moment of the virtual clock`() {
    let source = Self.source()
    var batch = source.run(until: 1_500_000_000, budget: 10_000)
    #expect(batch.events.last?.time == 1_000_000_000)
    #expect(!source.hasEnded)
    batch = source.run(until: .max, budget: 10_000)
    #expect(source.hasEnded)
    #expect(batch.events.last == Event(time: 3_000_000_000, fact: .runEnded(exception: .empty)))
  }

  @Test func `a run stops when its budget is spent`() {
    let source = Self.source()
    let batch = source.run(until: .max, budget: 10)
    #expect((10...30).contains(batch.events.count))
    #expect(!source.hasEnded)
  }

  @Test func `a real clock stands still while the source is held`() {
    let source = Self.source(.real)
    _ = source.step()
    let before = source.run(until: .max, budget: 100)
    source.hold()
    let batch = source.step()
    #expect(batch.events.isEmpty)
    #expect(!source.hasEnded)
    #expect(before.events.allSatisfy { $0.time < 500_000_000 })
  }

  @Test func `a restarted source gives the same run again`() throws {
    let source = Self.source()
    let first = source.run(until: .max, budget: .max)
    let again = try #require(source.restarted())
    #expect(again.run(until: .max, budget: .max) == first)
  }

  @Test func `a deadlock ends the run with its error`() {
    let header = RunHeader(program: ["stuck"], clock: .virtual, runtime: "test")
    let source = LoopSource(header: header, profile: .latest) {
      Coroutine("main()") { try await Future<Void>()() }
    }
    _ = source.run(until: .max, budget: .max)
    #expect(source.hasEnded)
    #expect(source.failure is DeadlockError)
  }
}
