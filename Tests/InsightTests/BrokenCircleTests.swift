import Insight
import Testing
import Trace
import TraceSamples

/// Who waited for one another until that was ended.
struct BrokenCircleTests {
  /// `a()` and `b()` wait for each other from 0.010 s on, while `beat()` sleeps; at 0.050 s `a()` is cancelled.
  private static let run: Script = {
    var run = Script()
    let lanes = ["a()", "b()", "beat()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    run.tick()
    run.step(tasks[0].firstStep) { run in
      run.start(lanes[0])
      run.suspend(lanes[0], .task, tasks[1].future, line: 3)
    }
    var sleeps: [Script.Sleep] = []
    run.step(tasks[1].firstStep) { run in
      run.start(lanes[1])
      sleeps.append(run.sleep(lanes[1], until: .ms(10)))
    }
    run.step(tasks[2].firstStep) { run in
      run.start(lanes[2])
      sleeps.append(run.sleep(lanes[2], until: .ms(50)))
    }
    run.fire(sleeps[0].timer, at: .ms(10))
    run.step(run.wake(sleeps[0], tasks[1].future)) { run in
      run.resume(lanes[1])
      run.suspend(lanes[1], .task, tasks[0].future, line: 6)
    }
    run.fire(sleeps[1].timer, at: .ms(50))
    run.step(run.wake(sleeps[1], tasks[2].future)) { run in
      run.resume(lanes[2])
      run.return(lanes[2])
    }
    let wakeup = run.schedule(Callback(.wakeup, tasks[0].future), Cause(.callSoon))
    run.step(wakeup) { run in
      run.resume(lanes[0])
      run.add(.coroutineCancelled(lanes[0]))
      run.add(.futureResolved(tasks[0].future, .cancelled))
    }
    return run
  }()

  private static let waits =
    "b() waits for the task a(), at line 6; a() waits for the task b(), at line 3."
  private static let words = "Only a cancellation can wake them: " + waits

  @Test func `tasks that wait for each other are a finding while others go on`() {
    let timeline = Self.run.timeline
    var found: [Int] = []
    for cursor in 0...Self.run.cursor {
      let texts = cycles(at: cursor, in: timeline).map(\.text)
      #expect(texts.allSatisfy { $0.hasSuffix(Self.waits) })
      if !texts.isEmpty { found.append(cursor) }
    }
    // From the suspension that closed it up to the cancellation.
    #expect(found.first.map { timeline.time(at: $0) } == .ms(10))
    #expect(found.last.map { timeline.time(at: $0) } == .ms(50))
    #expect(found.count == (found.last ?? 0) - (found.first ?? 0) + 1)
    #expect(
      cycles(at: found[0], in: timeline).first?.event == found[0] - 1)
  }

  @Test func `what was ended is told all the same, once, with its end`() {
    let timeline = Self.run.timeline
    let broken = brokenCircles(before: Self.run.cursor, in: timeline, besides: [])
    #expect(broken.map(\.reason.text) == [Self.words])
    #expect(broken.map { timeline.time(at: $0.until) } == [.ms(50)])
    // What can wake them may be said in other words at the end.
    var lasting = broken.map(\.reason)
    lasting[0].text = lasting[0].text.replacing("Only a cancellation", with: "Nothing")
    #expect(brokenCircles(before: Self.run.cursor, in: timeline, besides: lasting).isEmpty)
  }

  @Test
  func
    `behind a gather another failure may end a circle, and who waits for itself says so`()
  {
    var run = Script()
    let main = run.lane("main()")
    let root = run.task(main)
    let child = run.lane("child()")
    let task = run.task(child)
    run.begin(root.firstStep)
    run.start(main)
    run.suspend(main, .gather, run.gather([run.task(run.lane("other()")).future, task.future]))
    run.end(root.firstStep)
    run.begin(task.firstStep)
    run.start(child)
    run.suspend(child, .wait, run.gather([root.future, task.future]))
    #expect(texts(child, run)[0].contains("open: main() (waiting for a gather), child() itself"))
    run.resume(child)
    run.suspend(child, .task, root.future)
    let words =
      "main() waits for child() waits for main(): only a cancellation, or a failure of "
      + "another one, can wake them."
    #expect(texts(main, run).contains(words))
    #expect(cycles(at: run.cursor, in: run.timeline).map(\.text).first?.contains("only a") == true)

    run.add(.runEnded(exception: run.text("SIGTERM")))
    let past = words.replacing("waits", with: "waited").replacing("can wake", with: "could wake")
    #expect(texts(main, run).contains(past))
  }

  private func texts(_ lane: LaneID, _ run: Script) -> [String] {
    why(lane, at: run.cursor, in: run.timeline)?.reasons.map(\.text) ?? []
  }
}
