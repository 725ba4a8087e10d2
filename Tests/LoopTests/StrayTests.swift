import Testing
import Trace

@testable import Loop

/// Swift's own child tasks inside a coroutine.
struct StrayTests {
  @Test func `an async let runs as handles of its own`() {
    let run = Run {
      async let answer = Self.answer()
      print("main")
      print(await answer)
    }
    #expect(run.failure == nil)
    #expect(run.output == ["main", "42"])
    #expect(run.loop.foreignJobs == 0)
    #expect(run.facts.contains { Self.isJob($0) })
  }

  @Test func `a Swift task group runs on the loop's thread`() {
    let run = Run {
      let sum = await withTaskGroup(of: Int.self) { group in
        for number in 1...10 { group.addTask { number } }
        return await group.reduce(0, +)
      }
      print(sum)
      try await sleep(1)
      print("after")
    }
    #expect(run.failure == nil)
    #expect(run.output == ["55", "after"])
    #expect(run.loop.foreignJobs == 0)
  }

  @Test func `a Swift child task is no task of the loop, and is told so`() {
    let run = Run {
      async let nap: Void = sleep(1)
      do { try await nap } catch { print(text(of: error)) }
      async let turn: Void = Self.wait()
      do { try await turn } catch { print(text(of: error)) }
    }
    #expect(run.failure == nil)
    #expect(run.output == Array(repeating: "RuntimeError: await outside a task", count: 2))
  }

  @Sendable private static func wait() async throws { try await LoopEvent().wait() }

  @Sendable private static func answer() async -> Int { 42 }

  private static func isJob(_ fact: Fact) -> Bool {
    if case .handleScheduled(_, let callback, _) = fact { callback.kind == .job } else { false }
  }
}
