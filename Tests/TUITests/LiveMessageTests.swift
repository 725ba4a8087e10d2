import TUI
import Testing
import Trace
import TraceSamples

/// What is said of a program that runs on while it is watched: that it blocks, stands still or idles.
struct LiveMessageTests {
  private static let source = RunHeader.SourceText(name: "demo.py", text: "import asyncio\n")

  /// `main()` waits for an event that nobody will set.
  private var stuck: Script {
    var run = Script()
    let main = run.lane("main()", line: 1)
    let task = run.task(main)
    run.add(.resourceCreated(ResourceID(1), .event, name: run.text("event 1"), limit: 0))
    run.step(task.firstStep) { run in
      run.start(main)
      run.suspend(main, .event, run.future("event", of: ResourceID(1)), line: 1)
    }
    return run
  }

  /// `main()`, which sleeps since its first step, itself or in what it awaits.
  private func asleep(
    _ sleep: (inout Script, LaneID) -> Script.Sleep
  ) -> (run: Script, task: Script.Task, sleep: Script.Sleep) {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.begin(task.firstStep)
    run.start(main)
    let sleep = sleep(&run, main)
    run.end(task.firstStep)
    return (run, task, sleep)
  }

  @Test
  func `a standstill is a finding at once, and said once it lasts`() {
    var model = stuck.model(isLive: true, sources: [Self.source], panes: [.findings])
    #expect(model.findingCount == 1)
    #expect(
      view(of: model).lines.contains {
        $0.contains("Nothing can happen any more: main() waits for event 1 to be set.")
      })
    #expect(model.message == nil)
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 100_000_000)
    #expect(model.message == nil)
    _ = model.pass(nanoseconds: 500_000_000)
    #expect(model.message == "Nothing can happen any more: main() waits for event 1 to be set.")
    _ = model.update(.key(Key(.up)))
    _ = model.pass(nanoseconds: 500_000_000)
    #expect(model.message == nil, "it is said once")
  }

  @Test
  func `where there is no room for all of it, it is said which key shows it`() {
    var model = stuck.model(columns: 60, isLive: true, sources: [Self.source])
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 600_000_000)
    let line = view(of: model).lines.last
    #expect(line == " Nothing can happen any more: main() waits fo…  i findings")
    _ = model.update(.resize(Size(columns: 100, rows: 20)))
    #expect(view(of: model).lines.last?.hasSuffix(" waits for event 1 to be set.") == true)
  }

  @Test
  func `a step that blocks a real loop is told of while it lasts`() {
    var run = Script()
    let task = run.task(run.lane("hog()"))
    var model = run.model(isLive: true)
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 400_000_000)
    #expect(view(of: model).lines[0].contains("▶ running the loop"))
    #expect(model.message == nil)
    _ = model.pass(nanoseconds: 400_000_000)
    #expect(view(of: model).lines[0].contains("▶ in one step for 0.800 s"))
    #expect(
      model.message
        == "The loop has been in one step for 0.800 s, probably the first step of hog().")
    let known = run.cursor
    run.time = .ms(900)
    run.step(task.firstStep) { $0.start(task.lane) }
    model.receive(Batch(texts: [], events: Array(run.batch.events[known...])), ended: false)
    _ = model.pass(nanoseconds: 900_000_000)
    #expect(view(of: model).lines[0].contains("▶ running the loop"), "an idle loop is no step")
  }

  @Test
  func `which coroutine of a task's may block the loop is told`() {
    var (run, task, sleep) = asleep { run, main in
      let outer = run.awaitNew("outer()", by: main)
      return run.sleep(run.awaitNew("inner()", by: outer), until: .ms(5))
    }
    run.fire(sleep.timer, at: .ms(5))
    _ = run.wake(sleep, task.future)
    var model = run.model(isLive: true)
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 800_000_000)
    #expect(
      model.message
        == "The loop has been in one step for 0.800 s, probably the wakeup of main(), in inner().")
  }

  @Test
  func `where a step that lasts was seen is told, and the looks at it are no news of it`() {
    var run = Script()
    let hog = run.lane("hog()", file: "hog.py", line: 1)
    let task = run.task(hog)
    run.begin(task.firstStep)
    run.start(hog)
    let stack = run.text("hog.py:3 spin\nhog.py:2 hog")
    let source = RunHeader.SourceText(name: "hog.py", text: "1\n2\nspin here\n")
    var model = run.model(isLive: true, sources: [source], panes: [.source])
    model.play(speed: 1)
    for _ in 1...6 {
      let known = run.cursor
      run.time += .ms(100)
      run.add(.stackSampled(task.firstStep, stack: stack, by: hog))
      model.receive(Batch(texts: [], events: Array(run.batch.events[known...])), ended: false)
      _ = model.pass(nanoseconds: 100_000_000)
    }
    #expect(view(of: model).lines[0].contains("▶ in one step for 0.700 s"))
    #expect(
      model.message
        == "The loop has been in one step for 0.600 s: the first step of hog(), "
        + "seen 5 times in spin() at hog.py:3.")
    #expect(view(of: model).lines.contains { $0.contains("─ hog.py:3 ─") })
    #expect(view(of: model).lines.contains { $0.contains("3▸spin here") })
    _ = model.update(.key(Key(.enter)))
    let inspector = view(of: model).lines
    #expect(inspector.contains { $0.contains("was in: spin() at hog.py:3") })
    #expect(inspector.contains { $0.contains("called by: hog() at hog.py:2") })
    let known = run.cursor
    run.add(.stackSampled(task.firstStep, stack: stack, by: hog))
    model.receive(Batch(texts: [], events: Array(run.batch.events[known...])), ended: false)
    _ = model.pass(nanoseconds: 100_000_000)
    #expect(model.message == nil, "it is said once")
  }

  @Test
  func `a step for which nothing is ready says so until it comes`() {
    var model = stuck.model(isLive: true, sources: [Self.source])
    #expect(model.update(.key(Key("."))) == [.step])
    #expect(model.message?.hasPrefix("Nothing can happen any more") == true)
    var (run, _, sleep) = asleep { run, main in run.sleep(main, until: .ms(5)) }
    model = run.model(isLive: true)
    _ = model.update(.key(Key(".")))
    #expect(model.message == "Nothing is ready: the step comes with the next handle.")
    let known = run.cursor
    run.fire(sleep.timer, at: .ms(5))
    model.receive(Batch(texts: [], events: Array(run.batch.events[known...])), ended: false)
    #expect(model.message == nil)
  }

  @Test
  func `a program that a signal has stopped says so in the header until it goes on`() {
    var model = stuck.model(isLive: true)
    model.play(speed: 1)
    #expect(view(of: model).lines[0].contains("▶ running the loop"))
    model.note(stopped: "stopped by SIGSTOP")
    #expect(view(of: model).lines[0].contains("  ■ stopped by SIGSTOP  "))
    #expect(!view(of: model).lines[0].contains("running"))
    #expect(view(of: model).lines.last?.contains("SIGCONT") == true)
    _ = model.update(.key(Key(" ")))
    #expect(view(of: model).lines[0].contains("❚❚ paused  ■ stopped by SIGSTOP"))
    model.note(stopped: nil)
    #expect(view(of: model).lines[0].contains("❚❚ paused"))
    #expect(!view(of: model).lines[0].contains("stopped"))
    #expect(model.message == "The program goes on.")
    model.note(stopped: "stopped by SIGSTOP")
    _ = model.update(.key(Key(".")))
    #expect(view(of: model).lines[0].contains("▶ stepping the loop  ■ stopped by SIGSTOP"))
  }
}
