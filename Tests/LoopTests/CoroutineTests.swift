import Testing
import Trace

@testable import Loop

struct CoroutineTests {
  private static func speak(_ text: String) -> Coroutine<Int> {
    Coroutine("speak(\(text))") {
      print(text)
      return text.count
    }
  }

  @Test func `a coroutine is cold until it is awaited`() {
    let run = Run {
      let coroutine = Self.speak("cold")
      try await sleep(0)
      try await sleep(0)
      print("not yet")
      _ = try await coroutine()
    }
    #expect(run.output == ["not yet", "cold"])
  }

  @Test func `a direct await runs inline, with no trip through the ready queue`() {
    let alone = Run { print("x") }
    let awaiting = Run {
      let inner = Coroutine("inner()") { print(try await Self.speak("deep")()) }
      try await inner()
    }
    #expect(awaiting.output == ["deep", "4"])
    #expect(awaiting.handles == alone.handles)
    #expect(awaiting.ticks == alone.ticks)
  }

  @Test func `a coroutine that was awaited cannot be awaited again`() {
    let run = Run {
      let coroutine = Self.speak("once")
      _ = try await coroutine()
      print(await thrown { _ = try await coroutine() })
      print(await thrown { _ = try await ensureFuture(coroutine)() })
    }
    let text = "RuntimeError: cannot reuse already awaited coroutine"
    #expect(run.output == ["once", text, text])
  }

  @Test func `a coroutine that is running cannot be awaited by another`() {
    let run = Run {
      let shared = Coroutine("shared()") { try await sleep(1) }
      let first = ensureFuture(Coroutine("first()") { try await shared() })
      let second = ensureFuture(Coroutine("second()") { try await shared() })
      print(await thrown { try await second() })
      try await first()
    }
    #expect(run.output == ["RuntimeError: coroutine is being awaited already"])
    #expect(run.seconds == 1)
  }

  @Test func `a coroutine that nobody awaits says so when it dies`() {
    let run = Run { _ = Self.speak("lost") }
    #expect(run.output.isEmpty)
    #expect(run.errors.count == 1)
    #expect(run.errors[0].hasSuffix("RuntimeWarning: coroutine 'speak' was never awaited"))
    #expect(run.facts.contains(.coroutineNeverAwaited(LaneID(2))))
  }

  @Test func `lanes are counted from 1 and know who made them`() {
    let run = Run {
      let outer = Coroutine("outer()") { _ = try await Self.speak("x")() }
      try await outer()
    }
    let made = run.facts.compactMap { fact -> String? in
      guard case .coroutineCreated(let lane, let name, let parent, _) = fact else { return nil }
      return "\(lane.rawValue) \(run.text(name)) by \(parent.rawValue)"
    }
    #expect(made == ["1 main() by 0", "2 outer() by 1", "3 speak(x) by 2"])
  }

  @Test func `an error passes through a direct await`() {
    let run = Run {
      let failing = Coroutine("failing()") { throw ValueError("bad") }
      print(await thrown { try await failing() })
    }
    #expect(run.output == ["ValueError: bad"])
    #expect(
      run.facts.contains { fact in
        if case .coroutineRaised(LaneID(2), let text, .empty) = fact {
          run.text(text) == "ValueError: bad"
        } else {
          false
        }
      })
  }
}
