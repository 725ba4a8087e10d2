import Insight
import Testing
import Trace
import TraceSamples

/// What of a path was the time until a deadline.
struct TimerPathTests {
  @Test func `a timer that another lane set is that lane's time`() {
    var run = Script()
    let lanes = ["setter()", "main()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    let event = run.future("event")
    var timer = HandleID.none
    run.step(tasks[0].firstStep) { run in
      run.start(lanes[0])
      run.time = .ms(50)
      timer = run.timer(at: .ms(1050), Callback(function: run.text("set")))
      run.return(lanes[0])
    }
    run.step(tasks[1].firstStep) { run in
      run.start(lanes[1])
      run.suspend(lanes[1], .event, event)
    }
    run.fire(timer, at: .ms(1050))
    var wakeup = HandleID.none
    run.step(timer) { wakeup = $0.resolve(event, then: Callback(.wakeup, tasks[1].future)) }
    run.step(wakeup) { run in
      run.resume(lanes[1])
      run.return(lanes[1])
    }
    #expect(
      run.path(of: lanes[1]) == [
        "0–50 setter() RUNNING", "50–1050 setter() set a timer for the callback set",
      ])
  }

  @Test func `of a sleep amid which the path begins the rest is on it`() {
    var run = Script()
    let holder = run.task(run.lane("holder()"))
    let lock = run.future("lock")
    var sleep: Script.Sleep?
    run.step(holder.firstStep) { run in
      run.start(holder.lane)
      sleep = run.sleep(holder.lane, until: .ms(1000), line: 3)
    }
    guard let sleep else { return }
    run.time = .ms(400)
    let late = run.task(run.lane("late()"))
    run.step(late.firstStep) { run in
      run.start(late.lane)
      run.suspend(late.lane, .lock, lock)
    }
    run.fire(sleep.timer, at: .ms(1000))
    var release = HandleID.none
    run.step(sleep.timer) {
      release = $0.resolve(sleep.future, then: Callback(.wakeup, holder.future))
    }
    var wakeup = HandleID.none
    run.step(release) { run in
      run.resume(holder.lane)
      wakeup = run.resolve(lock, then: Callback(.wakeup, late.future))
      run.return(holder.lane)
    }
    run.step(wakeup) { run in
      run.resume(late.lane)
      run.return(late.lane)
    }
    #expect(run.path(of: late.lane) == ["400–1000 holder() SLEEPING, at line 3"])
  }

  @Test func `from its deadline on a sleeper waits for the step that keeps the loop`() {
    var run = Script()
    let lanes = ["main()", "burn()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    var sleep: Script.Sleep?
    run.step(tasks[0].firstStep) { run in
      run.start(lanes[0])
      sleep = run.sleep(lanes[0], until: .ms(100), line: 3)
    }
    run.time = .ms(40)
    run.step(tasks[1].firstStep) { run in
      run.start(lanes[1])
      run.time = .ms(500)
      run.return(lanes[1])
    }
    guard let sleep else { return }
    run.add(.timerFired(sleep.timer))
    let wakeup = run.wake(sleep, tasks[0].future)
    run.step(wakeup) { run in
      run.resume(lanes[0])
      run.return(lanes[0])
    }
    #expect(
      run.path(of: lanes[0]) == [
        "0–100 main() SLEEPING, at line 3",
        "100–500 main() due, while the first step of burn() took 0.400 s",
      ])
  }

  @Test func `a deadline that had passed when it was set takes no time from what was before`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var sleep: Script.Sleep?
    run.step(task.firstStep) { run in
      run.start(main)
      run.time = .ms(300)
      sleep = run.sleep(main, until: .ms(100))
    }
    guard let sleep else { return }
    run.add(.timerFired(sleep.timer))
    let wakeup = run.wake(sleep, task.future)
    run.step(wakeup) { run in
      run.resume(main)
      run.time = .ms(400)
      run.return(main)
    }
    #expect(run.path(of: main) == ["0–300 main() RUNNING", "300–400 main() RUNNING"])
  }

  @Test func `an async generator's wait is its own, not that of who goes through it`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var (sleep, timer, rows) = (FutureID.none, HandleID.none, LaneID.none)
    run.step(task.firstStep) { run in
      run.start(main)
      rows = run.lane("rows()", by: main)
      run.start(rows)
      sleep = run.future("sleep")
      timer = run.timer(at: .ms(100), Callback(.setResult, sleep))
      run.suspend(main, .sleep, sleep, line: 8)
      run.suspend(rows, .sleep, sleep, line: 3)
    }
    #expect(
      run.timeline.criticalPath(of: main, at: run.cursor, now: .ms(50)).map(run.words)
        == ["0–50 rows() SLEEPING, at line 3"])
    run.fire(timer, at: .ms(100))
    var wakeup = HandleID.none
    run.step(timer) { wakeup = $0.resolve(sleep, then: Callback(.wakeup, task.future)) }
    run.step(wakeup) { run in
      run.resume(main)
      run.resume(rows)
      run.return(rows)
      run.return(main)
    }
    #expect(run.path(of: main) == ["0–100 rows() SLEEPING, at line 3"])
  }

  @Test func `a wait that a timeout ended says so`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    let never = run.future("future")
    var timer = HandleID.none
    run.step(task.firstStep) { run in
      run.start(main)
      timer = run.timer(at: .ms(200), Callback(.timeout, task.future))
      run.suspend(main, .future, never, line: 2)
    }
    run.fire(timer, at: .ms(200))
    var wakeup = HandleID.none
    run.step(timer) { wakeup = $0.resolve(never, .cancelled, then: Callback(.wakeup, task.future)) }
    run.step(wakeup) { run in
      run.resume(main)
      run.add(.coroutineCancelled(main))
    }
    #expect(
      run.path(of: main) == [
        "0–200 main() waiting for future \(never.rawValue), at line 2, until its time was up"
      ])
  }

  @Test
  func `a timeout that ended the second of two waits is called one, and says which wait that was`()
  {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    let futures = [run.future("future"), run.future("future")]
    var (timer, wakeup) = (HandleID.none, HandleID.none)
    run.step(task.firstStep) { run in
      run.start(main)
      timer = run.timer(at: .ms(200), Callback(.timeout, task.future))
      run.suspend(main, .future, futures[0], line: 2)
    }
    run.time = .ms(80)
    let outside = run.schedule(Callback(function: run.text("arrived")), Cause(.external))
    run.step(outside) { wakeup = $0.resolve(futures[0], then: Callback(.wakeup, task.future)) }
    run.step(wakeup) { run in
      run.resume(main)
      run.suspend(main, .future, futures[1], line: 3)
    }
    run.fire(timer, at: .ms(200))
    run.step(timer) {
      wakeup = $0.resolve(futures[1], .cancelled, then: Callback(.wakeup, task.future))
    }
    run.step(wakeup) { run in
      run.resume(main)
      run.add(.coroutineCancelled(main))
    }
    #expect(
      run.path(of: main) == [
        "0–200 main() waiting, until its time was up, at last for future 3, at line 3"
      ])
  }
}
