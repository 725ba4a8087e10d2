import Insight
import Testing
import Trace
import TraceSamples

struct WhyTests {
  private func texts(_ lane: LaneID, _ run: Script, at cursor: Int? = nil) -> [String] {
    why(lane, at: cursor ?? run.cursor, in: run.timeline)?.reasons.map(\.text) ?? []
  }

  /// `main()` makes a task of `speak()` and sleeps for a second; then `speak()` has its step.
  private struct Deferred {
    var run = Script()
    var main = LaneID.none
    var speak = LaneID.none
    var task: Script.Task
    var sleep: Script.Sleep
    var spoken: Script.Task

    init() {
      main = run.lane("main()", line: 10)
      task = run.task(main)
      run.tick()
      run.begin(task.firstStep)
      run.start(main)
      speak = run.lane("speak()", by: main, line: 4)
      spoken = run.task(speak, by: main)
      sleep = run.sleep(main, until: .ms(1000), line: 12)
      run.end(task.firstStep)
    }
  }

  @Test
  func `whose task was given a name is told with it, once`() {
    var run = Script()
    let lane = run.lane("fetch()", line: 4)
    let task = run.task(lane, named: "page 3")
    #expect(
      texts(lane, run).first?.hasPrefix("fetch() (page 3) is ready") == true, "\(texts(lane, run))")
    run.step(task.firstStep) { run in
      run.start(lane)
      run.add(.exceptionReported(run.text("it failed"), by: lane))
    }
    let found = findings(at: run.cursor, in: run.timeline, standstills: [])
    #expect(
      found.map { run.timeline.line(for: $0) } == ["0.000s  step 1  fetch() (page 3): it failed"])
  }

  @Test
  func `a sleeper says until when, how long still, since when and where`() {
    var story = Deferred()
    story.run.time = .ms(600)
    story.run.tick()
    #expect(
      texts(story.main, story.run) == [
        "main() is SLEEPING until 1.000 s (0.400 s left), since 0.000 s, at line 12.",
        "It last ran in step 1 because the first step of main() was scheduled when its task was "
          + "made, before step 1; nothing was before it in the ready queue.",
      ])
  }

  @Test
  func `what was asked for from outside the loop came after a step, and because of none`() {
    var story = Deferred()
    let poke = Callback(function: story.run.text("poke"))
    let handle = story.run.schedule(poke, Cause(.external))
    story.run.tick()
    story.run.begin(handle)
    #expect(
      why(step: 2, in: story.run.timeline).map(\.text) == [
        "Step 2 ran because the callback poke was asked for from outside the loop after step 1."
      ])
  }

  @Test
  func `where no steps are told, none is named`() {
    var run = Script()
    let main = run.lane("main()")
    run.start(main)
    run.return(main)
    #expect(texts(main, run) == ["main() is DONE: it returned at 0.000 s."])
    #expect(run.timeline.line(forEvent: run.cursor - 1) == "0.000s  main() returned")
  }

  @Test
  func `a ready lane says what made it so, and how many handles are before it`() {
    var story = Deferred()
    #expect(
      texts(story.speak, story.run) == [
        "speak() is ready since 0.000 s: the first step of speak() was scheduled when main() made "
          + "its task, in step 1; it is next in the ready queue."
      ])
    let tidy = Callback(function: story.run.text("tidy"))
    _ = story.run.schedule(tidy, Cause(.callSoon))
    story.run.begin(story.spoken.firstStep)
    story.run.start(story.speak)
    story.run.suspend(story.speak, .yield, line: 5)
    _ = story.run.schedule(Callback(.step, story.spoken.future), Cause(.yielded))
    #expect(
      texts(story.speak, story.run).first
        == "speak() is ready since 0.000 s: speak() gave up its turn in step 2; "
        + "1 handle is before it in the ready queue.")
  }

  @Test
  func `what woke a sleeper is followed back to the step that set its timer`() {
    var story = Deferred()
    story.run.step(story.spoken.firstStep) { run in
      run.start(story.speak)
      run.return(story.speak)
    }
    story.run.fire(story.sleep.timer, at: .ms(1000))
    let wakeup = story.run.wake(story.sleep, story.task.future)
    story.run.begin(wakeup)
    story.run.resume(story.main)
    #expect(
      texts(story.main, story.run) == [
        "main() is RUNNING, in step 4, since 1.000 s.",
        "It runs now in step 4 because the wakeup of main() was scheduled when main()'s sleep was "
          + "over, in step 3; nothing was before it in the ready queue.",
        "Step 3 ran because the timer that main() set in step 1 fired at 1.000 s.",
        "Step 1 ran because the first step of main() was scheduled when its task was made, "
          + "before step 1.",
      ])
    let explained = why(step: 3, in: story.run.timeline)
    #expect(explained.first?.text.hasPrefix("Step 3 ran because the timer") == true)
    for reason in why(story.main, at: story.run.cursor, in: story.run.timeline)?.reasons ?? [] {
      #expect((reason.event ?? .max) < story.run.cursor)
    }
  }

  @Test
  func `a direct await has made no trip through the ready queue`() {
    var run = Script()
    let outer = run.lane("outer()")
    let task = run.task(outer)
    run.begin(task.firstStep)
    run.start(outer)
    let inner = run.awaitNew("inner()", by: outer, line: 7)
    let start =
      "Step 1 ran because the first step of outer() was scheduled when its task was made, "
      + "before step 1."
    #expect(
      texts(inner, run) == [
        "inner() is RUNNING, in step 1, since 0.000 s.",
        "It runs now in step 1, started directly by outer()'s await: no trip through the ready "
          + "queue.", start,
      ])
    #expect(
      texts(outer, run).prefix(2) == [
        "outer() is awaiting inner() directly, since 0.000 s, at line 7.",
        "inner() is RUNNING, in step 1, since 0.000 s.",
      ])
    run.return(inner, "5")
    #expect(
      texts(outer, run) == [
        "outer() is RUNNING, in step 1, since 0.000 s.",
        "It runs now in step 1, going on directly when inner(), which it awaited, returned.",
        start,
      ])
    #expect(texts(inner, run).first == "inner() is DONE: it returned 5 at 0.000 s, in step 1.")
  }

  @Test(arguments: [false, true])
  func `who goes on when a direct await ended badly says how`(isCancelled: Bool) {
    var run = Script()
    let outer = run.lane("outer()")
    run.begin(run.task(outer).firstStep)
    run.start(outer)
    let inner = run.awaitNew("inner()", by: outer)
    let no = run.text("ValueError: no")
    run.add(isCancelled ? .coroutineCancelled(inner) : .coroutineRaised(inner, exception: no))
    let how = isCancelled ? "was cancelled" : "raised ValueError: no"
    #expect(
      texts(outer, run)[1]
        == "It runs now in step 1, going on directly when inner(), which it awaited, \(how).")
    guard !isCancelled else { return }
    run.add(.coroutineRaised(outer, exception: no))
    #expect(
      texts(outer, run)[2]
        == "It last ran in step 1, going on directly when inner(), which it awaited, raised it.")
  }

  @Test
  func `who waits for a task says how the task stands`() {
    var story = Deferred()
    story.run.resume(story.main)
    story.run.suspend(story.main, .task, story.spoken.future, line: 14)
    #expect(
      texts(story.main, story.run).prefix(2) == [
        "main() is waiting for the task speak(), since 0.000 s, at line 14.",
        "speak() is ready since 0.000 s: the first step of speak() was scheduled when main() made "
          + "its task, in step 1; it is next in the ready queue.",
      ])
  }

  @Test
  func `tasks that wait for each other are named as a cycle`() {
    var run = Script()
    let lanes = ["a()", "b()", "c()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    run.tick()
    for (index, task) in tasks.enumerated() {
      run.begin(task.firstStep)
      run.start(task.lane)
      run.suspend(task.lane, .task, tasks[(index + 1) % 3].future, line: 3)
      run.end(task.firstStep)
    }
    #expect(
      texts(lanes[1], run).dropLast() == [
        "b() is waiting for the task c(), since 0.000 s, at line 3.",
        "c() is waiting for the task a(), since 0.000 s, at line 3.",
        "a() is waiting for the task b(), since 0.000 s, at line 3.",
        "b() waits for c() waits for a() waits for b(): nothing can wake them.",
      ])
    _ = run.timer(at: 9, Callback(function: run.text("tidy")))
    #expect(texts(lanes[1], run)[3].hasSuffix(": only a cancellation can wake them."))
  }

  @Test
  func `a cycle is found behind a gather, and not through a wait that can go on without it`() {
    func run(_ kind: Wait.Kind) -> (Script, LaneID) {
      var run = Script()
      let main = run.lane("main()")
      let root = run.task(main)
      let child = run.lane("child()")
      let task = run.task(child)
      let other = run.task(run.lane("other()"))
      run.start(main)
      run.suspend(main, kind, run.gather([other.future, task.future]))
      run.start(child)
      run.suspend(child, .task, root.future)
      return (run, main)
    }
    let (gather, main) = run(.gather)
    #expect(
      texts(main, gather).contains { $0.hasPrefix("main() waits for child() waits for main()") })
    let (wait, _) = run(.wait)
    #expect(!texts(main, wait).contains { $0.contains("waits for") })
  }

  @Test
  func `what never ran, failed or was cut off says so`() {
    var story = Deferred()
    let forgotten = story.run.lane("forgotten()", by: story.main, line: 8, calledAt: 21)
    #expect(
      texts(forgotten, story.run) == [
        "forgotten() is PENDING: created by main() in step 1, at demo.py:21, defined at "
          + "demo.py:8, and neither awaited nor made a task since."
      ])
    story.run.begin(story.spoken.firstStep)
    story.run.start(story.speak)
    story.run.add(
      .coroutineRaised(story.speak, exception: story.run.text("ValueError: no\u{1B}[2J.")))
    story.run.end(story.spoken.firstStep)
    #expect(
      texts(story.speak, story.run).first
        == "speak() failed at 0.000 s, in step 2: it raised ValueError: no\\x1b[2J.")
    story.run.add(.runEnded(exception: .empty))
    story.run.add(.coroutineNeverAwaited(forgotten))
    #expect(
      texts(story.main, story.run).prefix(2) == [
        "main() is unfinished: the run ended at 0.000 s.",
        "Until then main() was SLEEPING until 1.000 s (1.000 s left), since 0.000 s, at line 12.",
      ])
    #expect(
      texts(forgotten, story.run) == [
        "forgotten() was never awaited: created by main() in step 1, at demo.py:21, defined at "
          + "demo.py:8, and died at 0.000 s unstarted."
      ])
  }

  @Test
  func `after a loss nothing is claimed`() {
    var story = Deferred()
    story.run.add(.dropped(count: 5))
    #expect(
      texts(story.main, story.run).first
        == "main() is unknown: events were lost at 0.000 s, and nothing has been heard of it since."
    )
    #expect(why(LaneID(9), at: story.run.cursor, in: story.run.timeline) == nil)
    #expect(why(story.main, at: 0, in: story.run.timeline) == nil)
  }
}
