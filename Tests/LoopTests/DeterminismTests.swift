import Testing
import Trace

@testable import Loop

struct DeterminismTests {
  /// A bit of everything: tasks, naps, a wait in the order of a set, cancellation, a race.
  private static func mixture() async throws {
    let naps = (1...6).map { number in
      Coroutine("nap(\(number))") {
        try await sleep(Double(number % 3))
        print(number)
        return number
      }
    }
    let (done, _) = try await wait(naps, returnWhen: .firstCompleted)
    for future in done { print(try future.result()) }
    let late = createTask(Coroutine("late()") { try await sleep(9) })
    runningLoop().callLater(4, "cancel late") { late.cancel("enough") }
    print(await thrown { try await late() })
    print(try await gather((1...3).map { number in Coroutine("n(\(number))") { number } })())
  }

  private static func events(_ profile: Profile, seed: UInt64) -> Batch {
    let header = RunHeader(program: ["mixture"], clock: .virtual, runtime: "test", seed: seed)
    let source = LoopSource(header: header, profile: profile) {
      Coroutine("main()") { try await mixture() }
    }
    var batch = Batch()
    while !source.hasEnded {
      let more = source.step()
      batch.texts += more.texts
      batch.events += more.events
    }
    return batch
  }

  @Test func `ten runs give one trace`() {
    let first = Self.events(.python3(9), seed: 5)
    #expect(first.events.count > 100)
    for _ in 1..<10 { #expect(Self.events(.python3(9), seed: 5) == first) }
  }

  @Test func `another seed gives another trace`() {
    #expect(Self.events(.python3(9), seed: 5) != Self.events(.python3(9), seed: 6))
  }
}
