import Insight
import Testing
import Trace
import TraceSamples

/// Who cancelled what.
struct CancellationTests {
  /// `main()` cancels the task of `worker()`, which awaits `inner()`, which sleeps; `inner()` sleeps
  /// once more to clean up.
  private static let run: (script: Script, worker: LaneID, inner: LaneID) = {
    var run = Script()
    let main = run.lane("main()")
    let first = run.task(main)
    let worker = run.lane("worker()", by: main)
    let task = run.task(worker, by: main)
    var inner = LaneID.none
    var sleep: Script.Sleep?
    run.step(task.firstStep) { run in
      run.start(worker)
      inner = run.awaitNew("inner()", by: worker)
      sleep = run.sleep(inner, until: .ms(1000))
    }
    guard let sleep else { return (run, worker, inner) }
    var wakeup = HandleID.none
    run.step(first.firstStep) { run in
      run.start(main)
      wakeup = run.resolve(sleep.future, .cancelled, then: Callback(.wakeup, task.future))
      run.return(main)
    }
    var cleaning: Script.Sleep?
    run.step(wakeup) { run in
      run.resume(inner)
      cleaning = run.sleep(inner, until: .ms(5))
    }
    guard let cleaning else { return (run, worker, inner) }
    run.fire(cleaning.timer, at: .ms(5))
    run.step(run.wake(cleaning, task.future)) { run in
      run.resume(inner)
      run.add(.coroutineCancelled(inner))
      run.add(.coroutineCancelled(worker))
    }
    return (run, worker, inner)
  }()

  @Test func `who was cancelled says by whom, and so does who awaited it`() {
    let (run, worker, inner) = Self.run
    for (lane, name) in [(worker, "worker()"), (inner, "inner()")] {
      #expect(
        why(lane, at: run.cursor, in: run.timeline)?.state.first?.text
          == "\(name) is cancelled: it was cancelled by main() in step 2, and a CancelledError "
          + "ended it at 0.005 s, in step 5.")
      #expect(
        run.timeline.stateWords(of: lane, at: run.cursor) == "cancelled by main() in step 2")
    }
  }

  @Test func `nobody is named where nothing was told`() {
    var run = Script()
    let lane = run.lane("worker()")
    run.add(.coroutineCancelled(lane))
    #expect(run.timeline.stateWords(of: lane, at: run.cursor) == "cancelled")
  }
}
