import Testing
import Trace

@testable import Loop

struct CancelTests {
  /// Sleeps, says what it was cancelled with, and gives in.
  private static func nap() -> Coroutine<Void> {
    Coroutine("nap()") {
      do {
        try await sleep(10)
      } catch let error as CancelledError {
        print("inside", error.message)
        throw error
      }
    }
  }

  @Test func `a task cancelled before its first step runs no line`() {
    let run = Run {
      let task = createTask(Coroutine("early()") { print("never") })
      print(task.cancel(), task.isDone)
      print(await thrown { try await task() }, task.isCancelled)
    }
    #expect(run.output == ["True False", "CancelledError True"])
    #expect(run.facts.contains(.coroutineCancelled(LaneID(2))))
    #expect(run.errors.isEmpty)
  }

  @Test func `a task is cancelled at its await, in a later step`() {
    let run = Run {
      let task = createTask(Self.nap())
      try await sleep(1)
      task.cancel()
      print("asked", task.isDone)
      print(await thrown { try await task() }, task.isCancelled)
    }
    #expect(run.output == ["asked False", "inside ", "CancelledError True"])
    #expect(run.seconds == 1)
  }

  @Test func `a task may refuse to be cancelled`() {
    let run = Run {
      let task = createTask(
        Coroutine("stubborn()") {
          do { try await sleep(10) } catch is CancelledError { print("no") }
          return 5
        })
      try await sleep(1)
      task.cancel()
      print(try await task(), task.isCancelled)
    }
    #expect(run.output == ["no", "5 False"])
    var timeline = Timeline()
    timeline.append(run.batch)
    #expect(timeline.refusals.count == 1)
  }

  @Test(arguments: [(10, false, 0), (11, false, 1), (11, true, 0)])
  func `a task that refuses says so, unless it takes the request back`(
    minor: Int, takesBack: Bool, expected: Int
  ) {
    let run = Run(.python3(minor)) {
      let task = createTask(
        Coroutine("stubborn()") {
          do { try await sleep(10) } catch is CancelledError {}
          if takesBack { currentTask()?.uncancel() }
          try await sleep(1)
        })
      try await sleep(1)
      task.cancel()
      try await task()
    }
    #expect(run.facts.count { if case .taskRefused = $0 { true } else { false } } == expected)
  }

  @Test func `two requests before the task runs again are one cancellation`() {
    let run = Run {
      let task = createTask(
        Coroutine("twice()") {
          for number in 1...2 {
            do { try await sleep(10) } catch is CancelledError { print("cancelled", number) }
          }
          return 7
        })
      try await sleep(0)
      print(task.cancel(), task.cancel())
      print(try await task())
    }
    // The second request finds the sleep cancelled already, and waits for the next step, which
    // throws one error in place of the other: CPython 3.6 to 3.15 all do.
    #expect(run.output == ["True True", "cancelled 1", "7"])
    #expect(run.seconds == 10)
  }

  @Test func `cancelling a task that is done does nothing`() {
    let run = Run {
      let task = createTask(Coroutine("quick()") { 1 })
      _ = try await task()
      print(task.cancel(), task.isCancelled, try task.result())
    }
    #expect(run.output == ["False False 1"])
  }

  @Test(arguments: Profile.supported)
  func `the message travels as far as the version lets it`(profile: Profile) {
    let run = Run(profile) {
      let task = createTask(Self.nap())
      try await sleep(0)
      task.cancel("why")
      for _ in 1...2 { print("outside", await thrown { try await task() }) }
      let early = createTask(Coroutine("early()") {})
      early.cancel("early")
      for _ in 1...2 { print("early", await thrown { try await early() }) }
    }
    let why = "CancelledError: why"
    let early = "CancelledError: early"
    let none = "CancelledError"
    switch profile.minor {
    case 6...8:
      #expect(
        run.output
          == ["inside ", "outside \(none)", "outside \(none)", "early \(none)", "early \(none)"])
    case 9...10:
      #expect(
        run.output
          == ["inside why", "outside \(none)", "outside \(none)", "early \(none)", "early \(none)"])
    default:
      #expect(
        run.output
          == ["inside why", "outside \(why)", "outside \(none)", "early \(early)", "early \(none)"])
    }
  }

  @Test(arguments: Profile.supported)
  func `a task that cancels itself and returns is cancelled`(profile: Profile) {
    let run = Run(profile) {
      var task: LoopTask<Int>?
      task = createTask(
        Coroutine("self_cancel()") {
          task?.cancel("at return")
          return 5
        })
      for _ in 1...2 { print(await thrown { _ = try await task?() }) }
      print(task?.isCancelled ?? false)
      task = nil
    }
    let text = profile >= .python3(9) ? "CancelledError: at return" : "CancelledError"
    // 3.6 and 3.7 set the error as an exception instead.
    #expect(run.output == [text, text, profile >= .python3(8) ? "True" : "False"])
  }

  @Test(arguments: Profile.supported)
  func `requests are counted from 3_11 on`(profile: Profile) {
    let run = Run(profile) {
      let task = createTask(Coroutine("nap()") { try await sleep(1) })
      try await sleep(0)
      print(task.cancelling, task.cancel(), task.cancel(), task.cancelling)
      print(task.uncancel(), task.cancelling, task.uncancel(), task.uncancel())
    }
    let counts = profile >= .python3(11)
    #expect(
      run.output == (counts ? ["0 True True 2", "1 1 0 0"] : ["0 True True 0", "0 0 0 0"]))
  }

  @Test(arguments: Profile.supported)
  func `uncancel takes back what has not arrived from 3_13 on`(profile: Profile) {
    let run = Run(profile) {
      let task = createTask(Coroutine("early()") { print("ran") })
      task.cancel()
      task.uncancel()
      print(await thrown { try await task() })
    }
    #expect(run.output == (profile >= .python3(13) ? ["ran", "nothing"] : ["CancelledError"]))
  }

  @Test func `a cancelled future throws at whoever awaits it`() {
    let run = Run {
      let future = Future<Int>()
      print(future.cancel("gone"), future.cancel(), future.isDone)
      print(await thrown { _ = try await future() })
      print(await thrown { _ = try future.exception() })
    }
    #expect(run.output == ["True False True", "CancelledError: gone", "CancelledError: gone"])
  }

  @Test func `cancelling a task that awaits a task cancels the inner one first`() {
    let run = Run {
      let inner = createTask(Self.nap())
      let outer = createTask(Coroutine("outer()") { try await inner() })
      try await sleep(1)
      outer.cancel("both")
      print(await thrown { try await outer() }, inner.isCancelled, outer.isCancelled)
    }
    #expect(run.output == ["inside both", "CancelledError: both True True"])
  }

  @Test func `a cancelled sleep takes its timer with it`() {
    let run = Run {
      let task = createTask(Self.nap())
      try await sleep(1)
      task.cancel()
      _ = await thrown { try await task() }
      try await sleep(1)
    }
    #expect(run.seconds == 2)
    #expect(run.facts.contains { if case .handleCancelled = $0 { true } else { false } })
  }
}
