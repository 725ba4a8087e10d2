import Insight
import Testing
import Trace
import TraceSamples

/// Exceptions that ended coroutines and went no further, and tasks that were cut off.
struct HintTests {
  private func hints(_ run: Script) -> [String] {
    run.timeline.hints(at: run.cursor).map { hint in
      "\(run.timeline.label(of: hint.finding.lane)): \(hint.finding.text)"
    }
  }

  private func fail(
    _ lane: LaneID, _ line: Int, in run: inout Script, _ what: String = "KeyError: 2"
  ) {
    let traceback = run.text("demo.py:\(line) f")
    run.add(.coroutineRaised(lane, exception: run.text(what), traceback: traceback))
  }

  @Test func `each is told once, of the lane that raised it and of who kept it`() {
    var run = Script()
    let main = run.lane("main()")
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      for _ in 1...3 {
        let load = run.awaitNew("load()", by: main, line: 4)
        let parse = run.awaitNew("parse()", by: load, line: 7)
        fail(parse, 8, in: &run)
        fail(load, 5, in: &run)
      }
      let other = run.awaitNew("load()", by: main, line: 4)
      fail(other, 6, in: &run)
    }
    #expect(
      hints(run) == [
        "parse(): it raised KeyError: 2 (at line 8); main() caught it (3 times)",
        "load()#4: it raised KeyError: 2 (at line 6); main() caught it",
      ])
    #expect(run.timeline.hints(at: run.cursor).map(\.count) == [3, 1])
    #expect(run.timeline.hints(at: 0).isEmpty)
  }

  @Test func `who waited for a task was told`() {
    var run = Script()
    let main = run.lane("main()")
    let child = run.lane("child()")
    let task = run.task(child)
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      run.suspend(main, .task, task.future)
    }
    run.step(task.firstStep) { run in
      run.start(child)
      fail(child, 3, in: &run)
      run.add(.futureResolved(task.future, .exception))
    }
    #expect(hints(run) == ["child(): it raised KeyError: 2 (at line 3); main() was told"])
  }

  @Test func `an async generator's is its consumer's`() {
    var run = Script()
    let main = run.lane("main()")
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      let consume = run.awaitNew("consume()", by: main, line: 4)
      let numbers = run.lane("numbers()")
      run.start(numbers)
      fail(numbers, 9, in: &run)
      fail(consume, 5, in: &run)
    }
    #expect(hints(run) == ["numbers(): it raised KeyError: 2 (at line 9); main() caught it"])
  }

  @Test func `what ended the run, what was complained of and cancellations are not told`() {
    var run = Script()
    let main = run.lane("main()")
    let forgotten = run.lane("forgotten()")
    let cancelled = run.lane("cancelled()")
    let tasks = [forgotten, cancelled].map { run.task($0) }
    for (lane, task) in zip([forgotten, cancelled], tasks) {
      run.begin(task.firstStep)
      run.start(lane)
      if lane == forgotten { fail(lane, 3, in: &run) } else { run.add(.coroutineCancelled(lane)) }
      run.end(task.firstStep)
    }
    #expect(hints(run) == ["forgotten(): it raised KeyError: 2 (at line 3)"])
    let complaint = run.text("Task exception was never retrieved: KeyError: 2")
    run.add(.exceptionReported(complaint, by: forgotten))
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      fail(run.awaitNew("load()", by: main, line: 4), 5, in: &run)
      fail(main, 4, in: &run)
    }
    #expect(hints(run).count == 1)
    run.add(.runEnded(exception: run.text("KeyError: 2")))
    #expect(hints(run).isEmpty)
  }

  @Test func `tasks that go on when the run's coroutine is over were cut off`() {
    for isOver in [true, false] {
      var run = Script()
      let main = run.lane("main()")
      let mainTask = run.task(main)
      let saves = (1...3).map { run.lane("save(\($0))", by: main, line: 2) }
      let tasks = saves.map { run.task($0, by: main) }
      for (save, task) in zip(saves, tasks) {
        run.step(task.firstStep) { run in
          run.start(save)
          if save == saves[0] { run.return(save) } else { _ = run.sleep(save, until: .ms(1000)) }
        }
      }
      run.time = .ms(20)
      run.step(mainTask.firstStep) { run in
        run.start(main)
        if isOver { run.return(main) } else { run.add(.coroutineCancelled(main)) }
      }
      for save in saves.dropFirst() { run.add(.coroutineCancelled(save)) }
      #expect(
        hints(run)
          == (isOver
            ? [
              "save(2): it was SLEEPING until 1.000 s when main() was over, and was cancelled (2 times)"
            ] : []))
    }
  }

  @Test func `what is in a group is told with the group, however that goes on`() {
    for isCaught in [true, false] {
      var run = Script()
      let main = run.lane("main()")
      let mainTask = run.task(main)
      let inner = run.lane("inner()", by: main)
      let innerTask = run.task(inner, by: main)
      let members = ["a()", "b()"].map { run.lane($0, by: inner) }
      let tasks = members.map { run.task($0, by: inner) }
      run.step(mainTask.firstStep) { run in
        run.start(main)
        run.suspend(main, .task, innerTask.future)
      }
      run.step(innerTask.firstStep) { run in
        run.start(inner)
        run.suspend(inner, .gather, run.gather(tasks.map(\.future)))
      }
      for (place, (member, task)) in zip(members, tasks).enumerated() {
        run.step(task.firstStep) { run in
          run.start(member)
          fail(member, place + 1, in: &run, "ValueError: \(place)")
          run.add(.futureResolved(task.future, .exception))
        }
      }
      let group = "ExceptionGroup: ValueError: 0; ValueError: 1"
      run.resume(inner)
      fail(inner, 7, in: &run, group)
      run.add(.futureResolved(innerTask.future, .exception))
      run.resume(main)
      if isCaught {
        run.return(main)
        run.add(.runEnded(exception: .empty))
      } else {
        fail(main, 9, in: &run, group)
        run.add(.runEnded(exception: run.text(group)))
      }
      let told = [
        "a(): it raised ValueError: 0 (at line 1)", "b(): it raised ValueError: 1 (at line 2)",
      ]
      #expect(hints(run) == (isCaught ? told.map { $0 + "; main() was told" } : []))
    }
  }
}
