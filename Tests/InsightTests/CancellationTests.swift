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

  /// Both `fetch(1)` and `fetch(2)` sleep; `fetch(1)` raises, and a callback cancels `fetch(2)`.
  @Test func `where a callback cancelled, whose end it answered is told`() {
    var (run, tasks, sleeps) = Self.sleepers
    var answer = HandleID.none
    run.fire(sleeps[0].timer, at: .ms(5))
    run.step(run.wake(sleeps[0], tasks[0].future)) { run in
      run.resume(tasks[0].lane)
      run.add(.coroutineRaised(tasks[0].lane, exception: run.text("KeyError: 1")))
      let callback = Callback(function: run.text("Group.on_done"))
      answer = run.resolve(tasks[0].future, .exception, then: callback)
    }
    Self.cancel(sleeps[1], of: tasks[1], in: &run) { run, cancel in run.step(answer, cancel) }
    #expect(
      run.timeline.stateWords(of: tasks[1].lane, at: run.cursor) == "cancelled: fetch(1) raised")
    #expect(
      why(tasks[1].lane, at: run.cursor, in: run.timeline)?.state.first?.text
        == "fetch(2) is cancelled: it was cancelled by the callback Group.on_done in step 5 because "
        + "fetch(1) raised, and a CancelledError ended it at 0.005 s, in step 6.")
  }

  @Test func `what was cancelled between two steps was so from outside the loop, by no step`() {
    var (run, tasks, sleeps) = Self.sleepers
    Self.cancel(sleeps[1], of: tasks[1], in: &run) { run, cancel in cancel(&run) }
    #expect(
      run.timeline.stateWords(of: tasks[1].lane, at: run.cursor)
        == "cancelled from outside the loop after step 2")
    #expect(
      why(tasks[1].lane, at: run.cursor, in: run.timeline)?.step.map(\.text) == [
        "It last ran in step 3 because the wakeup of fetch(2) was scheduled when fetch(2)'s sleep "
          + "was cancelled, after step 2; nothing was before it in the ready queue."
      ])
  }

  @Test(arguments: [false, true])
  func `who waits for a task or a gather was cancelled by whoever cancelled those`(
    isGather: Bool
  ) {
    var (run, tasks, sleeps) = Self.sleepers
    let main = run.lane("main()")
    let first = run.task(main)
    let gather = isGather ? run.gather(tasks.map(\.future)) : tasks[0].future
    run.step(first.firstStep) { run in
      run.start(main)
      run.suspend(main, isGather ? .gather : .task, gather)
    }
    let boss = run.lane("boss()")
    let last = run.task(boss)
    Self.cancel(sleeps[0], of: tasks[0], in: &run) { run, cancel in
      run.step(last.firstStep) { run in
        run.start(boss)
        cancel(&run)
      }
    }
    let wakeup = Callback(.wakeup, first.future)
    run.step(run.resolve(tasks[0].future, .cancelled, then: wakeup)) { run in
      if isGather { _ = run.resolve(gather, .exception, then: wakeup) }
      run.add(.coroutineCancelled(main))
    }
    #expect(run.timeline.stateWords(of: main, at: run.cursor) == "cancelled by boss() in step 4")
  }

  /// Two tasks that sleep.
  private static var sleepers: (run: Script, tasks: [Script.Task], sleeps: [Script.Sleep]) {
    var run = Script()
    let tasks = ["fetch(1)", "fetch(2)"].map { name in run.task(run.lane(name)) }
    var sleeps: [Script.Sleep] = []
    for task in tasks {
      run.tick()
      run.step(task.firstStep) { run in
        run.start(task.lane)
        sleeps.append(run.sleep(task.lane, until: .ms(5)))
      }
    }
    return (run, tasks, sleeps)
  }

  /// Cancels a sleep where `place` says, and ends the task by that in a step of its own.
  private static func cancel(
    _ sleep: Script.Sleep, of task: Script.Task, in run: inout Script,
    at place: (inout Script, (inout Script) -> Void) -> Void
  ) {
    var wakeup = HandleID.none
    place(&run) { run in
      wakeup = run.resolve(sleep.future, .cancelled, then: Callback(.wakeup, task.future))
    }
    run.tick()
    run.step(wakeup) { run in
      run.resume(task.lane)
      run.add(.coroutineCancelled(task.lane))
    }
  }

  @Test func `nobody is named where nothing was told`() {
    var run = Script()
    let lane = run.lane("worker()")
    run.add(.coroutineCancelled(lane))
    #expect(run.timeline.stateWords(of: lane, at: run.cursor) == "cancelled")
  }
}
