import Insight
import Testing
import Trace
import TraceSamples

extension Script {
  /// A lane goes on in a step, and sleeps.
  ///
  /// - Returns: the handle in which it wakes.
  fileprivate mutating func sleepOnce(
    _ lane: LaneID, of task: Task, in handle: HandleID, until when: Int64
  ) -> HandleID {
    begin(handle)
    resume(lane)
    let sleep = sleep(lane, until: when)
    end(handle)
    fire(sleep.timer, at: when)
    return wake(sleep, task.future)
  }
}

/// What a lane was waiting for when something cut that short.
struct InterruptionTests {
  /// `main()` waits for a gather of `fetch(1)`, which is over, and `fetch(2)`, which waits for an event.
  private struct Hanging {
    var run = Script()
    let main: LaneID
    let done: LaneID
    let fetch: LaneID
    private let first: Script.Task
    private let task: Script.Task
    private let gather: FutureID
    private let event: FutureID

    init() {
      main = run.lane("main()")
      first = run.task(main)
      done = run.lane("fetch(1)", by: main)
      let other = run.task(done, by: main)
      fetch = run.lane("fetch(2)", by: main)
      task = run.task(fetch, by: main)
      gather = run.gather([other.future, task.future])
      let (main, done, first, gather) = (main, done, first, gather)
      run.step(first.firstStep) { run in
        run.start(main)
        run.suspend(main, .gather, gather, line: 9)
      }
      run.step(other.firstStep) { run in
        run.start(done)
        run.return(done)
        _ = run.resolve(other.future, .result, then: Callback(.memberDone, gather))
      }
      event = run.future("reply")
      let (fetch, event) = (fetch, event)
      run.step(task.firstStep) { run in
        run.start(fetch)
        run.suspend(fetch, .future, event, line: 4)
      }
    }

    /// A Ctrl-C: what `fetch(2)` waits for is cancelled, then it, then `main()`, which may await once more
    /// to clean up.
    mutating func interrupt(cleaningUp: Bool) {
      let (main, fetch, first, task, gather) = (main, fetch, first, task, gather)
      let wakeup = run.resolve(event, .cancelled, then: Callback(.wakeup, task.future))
      var last = HandleID.none
      run.step(wakeup) { run in
        run.resume(fetch)
        run.add(.coroutineCancelled(fetch))
        _ = run.resolve(task.future, .cancelled, then: Callback(.memberDone, gather))
        last = run.resolve(gather, .exception, then: Callback(.wakeup, first.future))
      }
      if cleaningUp { last = run.sleepOnce(main, of: first, in: last, until: .ms(5)) }
      run.step(last) { run in
        run.resume(main)
        run.add(.coroutineCancelled(main))
      }
    }

    var reasons: [String] {
      why(main, at: run.cursor, in: run.timeline)?.state.map(\.text) ?? []
    }
  }

  private static let wait = [
    "Until then main() was waiting for a gather, since 0.000 s, at line 9: 1 of 2 were done; open: "
      + "fetch(2) (waiting).",
    "fetch(2) was waiting for a reply, since 0.000 s, at line 4.",
  ]

  @Test(arguments: [false, true])
  func `who was cancelled says what it had been waiting for, also after a last wait to clean up`(
    cleaningUp: Bool
  ) {
    var hanging = Hanging()
    hanging.interrupt(cleaningUp: cleaningUp)
    #expect(hanging.reasons.first?.hasPrefix("main() is cancelled: it was cancelled from ") == true)
    #expect(Array(hanging.reasons.dropFirst()) == Self.wait)
  }

  @Test func `what the end of the run has cut short says so too, and nobody who had ended`() {
    var hanging = Hanging()
    hanging.run.add(.runEnded(exception: hanging.run.text("SIGTERM")))
    #expect(
      hanging.reasons == ["main() is unfinished: the run ended at 0.000 s."] + Self.wait)
    let state = why(hanging.done, at: hanging.run.cursor, in: hanging.run.timeline)?.state
    #expect(state?.map(\.text) == ["fetch(1) is DONE: it returned at 0.000 s, in step 2."])
  }

  @Test(arguments: ["KeyboardInterrupt", "SIGTERM", "ValueError: no", ""])
  func `of a run that a Ctrl-C or a signal has ended it is told in short`(ending: String) {
    var hanging = Hanging()
    if ending == "KeyboardInterrupt" { hanging.interrupt(cleaningUp: true) }
    hanging.run.add(.runEnded(exception: hanging.run.text(ending)))
    let told = hanging.run.timeline.waitBeforeTheEnd(at: hanging.run.cursor)
    let isFromOutside = ["KeyboardInterrupt", "SIGTERM"].contains(ending)
    #expect(told == (isFromOutside ? Self.wait.joined(separator: " ") : nil))
  }

  /// `read()` waits for an event for 5 ms, and ends with a TimeoutError: at once, or after it has waited
  /// for something else.
  @Test(arguments: ["TimeoutError", "ValueError: no"], [false, true])
  func `whose time was up says for what it had waited, unless it has gone on`(
    exception: String, goingOn: Bool
  ) {
    var run = Script()
    let read = run.lane("read()")
    let task = run.task(read)
    let event = run.future("reply")
    var limit = HandleID.none
    run.step(task.firstStep) { run in
      run.start(read)
      limit = run.timer(at: .ms(5), Callback(.timeout, task.future))
      run.suspend(read, .future, event, line: 3)
    }
    run.fire(limit, at: .ms(5))
    var wakeup = HandleID.none
    run.step(limit) { run in
      wakeup = run.resolve(event, .cancelled, then: Callback(.wakeup, task.future))
    }
    if goingOn { wakeup = run.sleepOnce(read, of: task, in: wakeup, until: .ms(9)) }
    run.step(wakeup) { run in
      run.resume(read)
      run.add(.coroutineRaised(read, exception: run.text(exception)))
    }
    let reasons = why(read, at: run.cursor, in: run.timeline)?.state.map(\.text) ?? []
    let isTold = exception == "TimeoutError" && !goingOn
    let wait = "Until then read() was waiting for a reply, since 0.000 s, at line 3."
    #expect(Array(reasons.dropFirst()) == (isTold ? [wait] : []))
  }

  @Test(arguments: [
    (5, "was to be up at 0.020 s (0.015 s left)"), (20, "was up at 0.020 s (due)"),
  ])
  func `a time limit that had not come when it was cut short was still to come`(
    cut: Int64, words: String
  ) {
    var run = Script()
    let read = run.lane("read()")
    let task = run.task(read)
    let event = run.future("reply")
    run.step(task.firstStep) { run in
      run.start(read)
      _ = run.timer(at: .ms(20), Callback(.timeout, task.future))
      run.suspend(read, .future, event, line: 3)
    }
    run.time = .ms(cut)
    run.add(.runEnded(exception: run.text("SIGTERM")))
    let reasons = why(read, at: run.cursor, in: run.timeline)?.state.map(\.text) ?? []
    #expect(
      reasons.last == "Until then read() was waiting for a reply, since 0.000 s, at line 3; "
        + "its time \(words).")
  }
}
