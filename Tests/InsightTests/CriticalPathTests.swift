import Insight
import Testing
import Trace
import TraceSamples

/// What a lane's time went to.
struct CriticalPathTests {
  @Test func `of a gather's members the one that ended last is on the path`() throws {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var members: [Script.Task] = []
    var gather = FutureID.none
    run.step(task.firstStep) { run in
      run.start(main)
      for number in 1...2 {
        members.append(run.task(run.lane("meow(\(number))", by: main), by: main))
      }
      gather = run.gather(members.map(\.future))
      run.suspend(main, .gather, gather, line: 9)
    }
    var sleeps: [Script.Sleep] = []
    for (member, when) in zip(members, [Int64.ms(1000), .ms(2000)]) {
      run.step(member.firstStep) { run in
        run.start(member.lane)
        sleeps.append(run.sleep(member.lane, until: when, line: 4))
      }
    }
    for (place, when) in [Int64.ms(1000), .ms(2000)].enumerated() {
      run.fire(sleeps[place].timer, at: when)
      let wakeup = run.wake(sleeps[place], members[place].future)
      var report = HandleID.none
      run.step(wakeup) { run in
        run.resume(members[place].lane)
        run.return(members[place].lane)
        report = run.resolve(members[place].future, then: Callback(.memberDone, gather))
      }
      run.step(report) { run in
        guard place == 1 else { return }
        report = run.resolve(gather, then: Callback(.wakeup, task.future))
      }
      guard place == 1 else { continue }
      run.step(report) { run in
        run.resume(main)
        run.return(main)
      }
    }
    #expect(run.path(of: main) == ["0–2000 meow(2) SLEEPING, at line 4"])
    #expect(run.path(of: members[0].lane) == ["0–1000 meow(1) SLEEPING, at line 4"])
  }

  @Test func `a lane that is ready waits for the step that blocks the loop`() {
    var run = Script()
    let lanes = ["burn()", "main()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    run.step(tasks[0].firstStep) { run in
      run.start(lanes[0])
      run.time = .ms(300)
      run.return(lanes[0])
    }
    run.step(tasks[1].firstStep) { run in
      run.start(lanes[1])
      run.time = .ms(400)
      run.return(lanes[1])
    }
    #expect(
      run.path(of: lanes[1]) == [
        "0–300 main() ready, while the first step of burn() took 0.300 s",
        "300–400 main() RUNNING",
      ])
  }

  @Test func `what came from outside was waited for from the beginning of the wait`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var answer = FutureID.none
    run.step(task.firstStep) { run in
      run.start(main)
      run.time = .ms(100)
      answer = run.future("read from 127.0.0.1:80")
      run.suspend(main, .io, answer, line: 7)
    }
    run.time = .ms(500)
    let reader = run.schedule(Callback(function: run.text("_read_ready")), Cause(.external))
    var wakeup = HandleID.none
    run.step(reader) { wakeup = $0.resolve(answer, then: Callback(.wakeup, task.future)) }
    run.step(wakeup) { run in
      run.resume(main)
      run.time = .ms(600)
      run.return(main)
    }
    #expect(
      run.path(of: main) == [
        "0–100 main() RUNNING",
        "100–500 main() waiting to read from 127.0.0.1:80, at line 7",
        "500–600 main() RUNNING",
      ])
  }

  @Test func `what had come from outside before it was waited for made nobody wait`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var reader = HandleID.none
    var answer = FutureID.none
    run.step(task.firstStep) { run in
      run.start(main)
      run.time = .ms(100)
      reader = run.schedule(Callback(function: run.text("_read_ready")), Cause(.external))
      run.time = .ms(300)
      answer = run.future("future")
      run.suspend(main, .future, answer)
    }
    run.time = .ms(350)
    var wakeup = HandleID.none
    run.step(reader) { wakeup = $0.resolve(answer, then: Callback(.wakeup, task.future)) }
    run.step(wakeup) { run in
      run.resume(main)
      run.return(main)
    }
    #expect(
      run.path(of: main) == [
        "0–300 main() RUNNING", "300–350 the callback _read_ready in the ready queue",
      ])
  }

  @Test func `what came while nobody is known to have waited for it is the lane's own wait`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    let closed = run.future("future")
    run.time = .ms(10)
    run.step(task.firstStep) { run in
      run.start(main)
      run.suspend(main, .future, closed, line: 4)
    }
    run.time = .ms(200)
    let accept = run.schedule(Callback(function: run.text("_accept")), Cause(.external))
    let server = run.lane("serve()")
    var first = HandleID.none
    run.step(accept) { first = $0.task(server).firstStep }
    var wakeup = HandleID.none
    run.step(first) { run in
      run.start(server)
      run.time = .ms(300)
      wakeup = run.resolve(closed, then: Callback(.wakeup, task.future))
    }
    run.step(wakeup) { run in
      run.resume(main)
      run.return(main)
    }
    #expect(
      run.path(of: main) == [
        "0–10 main() ready", "10–200 main() waiting for future 2, at line 4",
        "200–300 serve() RUNNING",
      ])
  }

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

  @Test func `a lane that still waits has its path up to the moment shown`() throws {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.step(task.firstStep) { run in
      run.start(main)
      run.time = .ms(10)
      let inner = run.awaitNew("inner()", by: main, line: 3)
      _ = run.sleep(inner, until: .ms(5000), line: 8)
    }
    let path = try #require(
      run.timeline.criticalPath(of: main, at: run.cursor, now: .ms(1010)))
    #expect(run.words(of: path) == ["0–10 main() RUNNING", "10–1010 inner() SLEEPING, at line 8"])
    let report = PathReport(path, at: run.cursor, in: run.timeline, limit: 9)
    #expect(report.headline == "main() has taken 1.010 s, from 0.000s to 1.010s")
    #expect(report.spendings.map(report.percent) == [99, 0])
    #expect(report.spendings.last?.text == "1 other")
  }

  @Test func `a path begins after the last loss, and says so`() throws {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.time = .ms(100)
    run.add(.dropped(count: 5))
    run.step(task.firstStep) { run in
      run.start(main)
      run.time = .ms(300)
      run.return(main)
    }
    let path = try #require(run.timeline.criticalPath(of: main, at: run.cursor))
    #expect(path.cut == .loss)
    #expect(run.words(of: path) == ["100–300 main() RUNNING"])
    let report = PathReport(path, at: run.cursor, in: run.timeline, limit: 9)
    #expect(report.headline.hasSuffix("; events before that were lost"))
  }

  @Test func `a path of more steps than are followed says so`() throws {
    var run = Script()
    let main = run.lane("main()")
    var step = run.task(main).firstStep
    for number in 0..<10 {
      run.step(step) { run in
        number == 0 ? run.start(main) : run.resume(main)
        run.time += .ms(10)
        run.suspend(main, .yield)
        step = run.schedule(Callback(.step, FutureID(1)), Cause(.yielded))
      }
    }
    let whole = try #require(run.timeline.criticalPath(of: main, at: run.cursor))
    #expect(whole.cut == nil)
    #expect(whole.times == 0..<(.ms(100)))
    let last = try #require(run.timeline.criticalPath(of: main, at: run.cursor, limit: 3))
    #expect(last.cut == .limit)
    #expect(last.times == .ms(70)..<(.ms(100)))
  }
}

extension Script {
  /// The parts of a lane's path that took time: `0–1000 main() RUNNING`, in milliseconds.
  func path(of lane: LaneID) -> [String] {
    timeline.criticalPath(of: lane, at: cursor).map(words(of:)) ?? []
  }

  func words(of path: CriticalPath) -> [String] {
    path.parts.filter { $0.nanoseconds > 0 }.map { part in
      let times = "\(part.times.lowerBound / .ms(1))–\(part.times.upperBound / .ms(1))"
      return "\(times) \(timeline.words(for: part))"
    }
  }
}
