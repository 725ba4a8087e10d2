import Insight
import Testing
import Trace
import TraceSamples

/// What of a path came from outside the loop.
struct OutsidePathTests {
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

  @Test func `what came from outside thousands of times is followed without end to the stack`()
    throws
  {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var members: [Script.Task] = []
    run.step(task.firstStep) { run in
      run.start(main)
      for name in ["one()", "two()", "three()"] {
        members.append(run.task(run.lane(name, by: main), by: main))
      }
      run.suspend(main, .gather, run.gather(members.map(\.future)))
    }
    for _ in 0..<20_000 {
      for member in members {
        run.resume(member.lane)
        run.suspend(member.lane, .yield)
        _ = run.schedule(Callback(.step, member.future), Cause(.external))
      }
    }
    let path = try #require(run.timeline.criticalPath(of: main, at: run.cursor))
    #expect(path.cut == nil && path.parts.count > 20_000)
    let last = try #require(run.timeline.criticalPath(of: main, at: run.cursor, limit: 100))
    #expect(last.cut == .limit && last.parts.count < 110)
  }

  @Test func `what was cancelled from outside had spent its time on whoever stood longest`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var gather = FutureID.none
    var members: [Script.Task] = []
    run.step(task.firstStep) { run in
      run.start(main)
      for name in ["busy()", "stuck()"] {
        members.append(run.task(run.lane(name, by: main), by: main))
      }
      gather = run.gather(members.map(\.future))
      run.suspend(main, .gather, gather)
    }
    let never = run.future("future")
    run.step(members[1].firstStep) { run in
      run.start(members[1].lane)
      run.suspend(members[1].lane, .future, never, line: 9)
    }
    run.time = .ms(300)
    run.step(members[0].firstStep) { run in
      run.start(members[0].lane)
      run.suspend(members[0].lane, .future, run.future("future"))
    }
    let words = "0–300 stuck() waiting for future \(never.rawValue), at line 9"
    #expect(run.path(of: main) == [words])
    let wakeup = run.resolve(gather, .cancelled, then: Callback(.wakeup, task.future))
    run.step(wakeup) { run in
      run.resume(main)
      run.add(.coroutineCancelled(main))
    }
    #expect(run.path(of: main) == [words])
  }
}
