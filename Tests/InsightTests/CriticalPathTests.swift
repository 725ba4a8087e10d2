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

  @Test func `parts of one function are one spending`() throws {
    var run = Script()
    let main = run.lane("main()")
    var step = run.task(main).firstStep
    run.begin(step)
    run.start(main)
    for number in 1...3 {
      let inner = run.awaitNew("meow(\(number))", by: main, line: 5)
      let sleep = run.sleep(inner, until: run.time + .ms(100), line: 7)
      run.end(step)
      run.fire(sleep.timer, at: run.time + .ms(100))
      step = run.wake(sleep, FutureID(1))
      run.begin(step)
      run.resume(inner)
      run.return(inner)
      run.resume(main)
    }
    run.return(main)
    run.end(step)
    let path = try #require(run.timeline.criticalPath(of: main, at: run.cursor))
    let report = PathReport(path, at: run.cursor, in: run.timeline, limit: 9)
    #expect(report.spendings.map(\.text) == ["meow(…) SLEEPING, at line 7 (3 lanes)"])
    #expect(report.parts.count == 3)
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
    #expect(report.spendings.map(report.share) == ["99%", "<1%"])
    #expect(report.spendings.last?.text == "main() RUNNING")
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

  /// The path of a lane that sleeps again and again, so long each time.
  private func report(ofSleeps sleeps: [Int64], limit: Int) throws -> PathReport {
    var run = Script()
    let main = run.lane("main()")
    var step = run.task(main).firstStep
    for (number, time) in sleeps.enumerated() {
      run.begin(step)
      number == 0 ? run.start(main) : run.resume(main)
      let sleep = run.sleep(main, until: run.time + time)
      run.end(step)
      run.fire(sleep.timer, at: run.time + time)
      step = run.wake(sleep, FutureID(1))
    }
    let path = try #require(run.timeline.criticalPath(of: main, at: run.cursor))
    return PathReport(path, at: run.cursor, in: run.timeline, limit: limit)
  }

  @Test func `of many parts that take about as long as one another none is picked`() throws {
    let sleeps = (0..<50).map { .ms(100) + Int64($0 % 7) }
    let same = try report(ofSleeps: sleeps, limit: 5)
    #expect(same.spendings.map(\.text) == ["main() SLEEPING (50 times)"])
    #expect(same.parts.isEmpty)
    let one = try report(ofSleeps: sleeps[..<20] + [.ms(900)] + sleeps[20...], limit: 5)
    #expect(
      one.parts.map(\.text) == [
        "20 shorter parts, mostly main() SLEEPING (20 times)", "main() SLEEPING",
        "30 shorter parts, mostly main() SLEEPING (30 times)",
      ])
    #expect(one.parts.reduce(0) { $0 + $1.nanoseconds } == one.path.nanoseconds)
    let rising = try report(ofSleeps: (1...20).map { .ms(1 << $0) }, limit: 5)
    #expect(rising.parts.count == 6)
  }

  @Test func `a step in which many coroutines ran is followed in pieces`() throws {
    var run = Script()
    let main = run.lane("main()")
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      for number in 0..<3000 {
        let inner = run.awaitNew("inner(\(number))", by: main)
        run.time += 1000
        run.return(inner)
        run.resume(main)
      }
      run.return(main)
    }
    let path = try #require(run.timeline.criticalPath(of: main, at: run.cursor))
    #expect(path.times == 0..<3_000_000)
    for (part, next) in zip(path.parts, path.parts.dropFirst()) {
      #expect(part.events.upperBound == next.events.lowerBound)
    }
    let last = try #require(run.timeline.criticalPath(of: main, at: run.cursor, limit: 10))
    #expect(last.cut == .limit)
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
    #expect(last.parts.count < 6)
    #expect(last.times.lowerBound > 0 && last.times.upperBound == .ms(100))
  }
}
