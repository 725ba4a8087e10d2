import TUI
import Testing
import Trace
import TraceSamples

/// What is wrong in a program is seen without being looked for.
struct FindingTests {
  @Test(
    arguments: [
      (100, nil), (99, nil), (501, nil), (501, "SlowCallback: a step took 0.501 s"), (501, "other"),
      (501, "Executing <Task> took 0.501 seconds"),
    ]
      as [(Int64, String?)])
  func `a step for which all others had to wait is a finding, once`(
    took milliseconds: Int64, warned: String?
  ) {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.step(task.firstStep) { run in
      run.start(main)
      run.time = .ms(milliseconds)
      run.return(main)
      if let warned { run.add(.warned(run.text(warned), by: main)) }
    }
    let lines = view(of: run.model(panes: [.findings])).lines
    let isSaid = ["Slow", "Exec"].contains { warned?.hasPrefix($0) == true }
    let isFinding = milliseconds >= 100 && !isSaid
    #expect(lines[1].contains("! ") == (isFinding || warned != nil))
    #expect(lines[2].contains("!✓ DONE") == (isFinding || warned != nil))
    let words =
      "step 1 took 0.\(milliseconds) s, and nothing else could run: the first step of main()"
    #expect(lines.contains { $0.contains(words) } == isFinding)
  }

  @Test func `what the recorder cannot see is said, but is no finding`() {
    var run = Script()
    run.add(.warned(run.text("RecorderWarning: Another process is not recorded."), by: .none))
    let remark = " Another process is not recorded."
    let lines = view(of: run.model()).lines
    #expect(!lines[1].contains("finding"))
    #expect(lines[3] == remark)
    #expect(lines.last?.contains("i findings") == true)
    let findings = view(of: run.model(panes: [.findings])).lines
    #expect(findings.count { $0.contains(remark) } == 2)
    _ = run.lane("main()")
    #expect(!view(of: run.model()).lines.contains { $0.contains(remark) })
  }

  @Test
  func `a step of one loop is long while another loop runs, and is told of its own lane`() {
    var run = Script()
    let lanes = ["slow()", "quick()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    run.add(.handleBegan(tasks[0].firstStep))
    run.start(lanes[0])
    run.step(tasks[1].firstStep) { run in
      run.start(lanes[1])
      run.time = .ms(200)
      run.return(lanes[1])
    }
    run.return(lanes[0])
    run.add(.handleEnded(tasks[0].firstStep))
    let lines = view(of: run.model(panes: [.findings])).lines
    let words = "took 0.200 s, and its loop could run nothing else: the first step of slow()"
    #expect(lines.contains { $0.contains(words) })
    #expect(lines.contains { $0.contains("slow()") && $0.contains("!✓ DONE") })
  }

  @Test
  func `a complaint is marked in its lane, in its column and in the title, from its moment on`() {
    var run = Script()
    let main = run.lane("main()")
    let forgotten = run.lane("forgotten()", by: main)
    let before = run.cursor
    run.add(.warned(run.text("RuntimeWarning: never awaited"), by: forgotten))
    run.add(.coroutineNeverAwaited(forgotten))
    var model = run.model()
    let lines = view(of: model).lines
    #expect(lines[1].hasPrefix("─ lanes 2 ! 1 finding ─"))
    #expect(lines[3].dropFirst().hasPrefix("└ forgotten()            !∅ never awaited"))
    #expect(lines[3].hasSuffix(" ╌!∅"))
    #expect(lines[2].contains("!") == false)
    model.show(before)
    #expect(!view(of: model).lines[1...3].contains { $0.contains("!") })
    #expect(lines.last?.contains("i findings") == true)
    #expect(view(of: model).lines.last?.contains("i findings") == false)
  }

  @Test
  func `two complaints in one column are one mark, those of other lanes are not shown`() {
    var run = Script()
    let lanes = [run.lane("a()"), run.lane("b()")]
    for _ in 0..<3 { run.add(.exceptionReported(run.text("boom"), by: lanes[0])) }
    var model = run.model()
    for _ in 0..<4 { _ = model.update(.key(Key("Z"))) }
    let lines = view(of: model).lines
    #expect(lines[1].contains("! 3 findings"))
    #expect(lines[2].count { $0 == "!" } == 2)
    #expect(!lines[3].contains("!"))
  }

  @Test(arguments: [("ValueError: no", "! 1 finding"), ("", "─")])
  func `what a run ended with is counted among the findings`(fault: String, title: String) {
    var run = Script()
    _ = run.lane("main()")
    run.add(.runEnded(exception: run.text(fault)))
    let lines = view(of: run.model(panes: [.findings])).lines
    #expect(lines[1].dropFirst(10).hasPrefix(title))
    #expect(lines.contains { $0.contains("The run ended with ValueError: no") } == !fault.isEmpty)
  }

  @Test
  func `of many findings the newest shows, and one may scroll up to the first`() {
    var run = Script()
    let main = run.lane("main()")
    for number in 1...20 { run.add(.warned(run.text("trouble \(number)."), by: main)) }
    var model = run.model(panes: [.findings])
    func shows(_ text: String) -> Bool { view(of: model).lines.contains { $0.hasSuffix(text) } }
    #expect(shows("trouble 20.") && !shows("trouble 1."))
    _ = model.update(.key(Key(.tab)))
    for _ in 0..<60 { _ = model.update(.key(Key(.up))) }
    #expect(!shows("trouble 20.") && shows("trouble 1."))
  }

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

  @Test(arguments: [[], [.findings]] as [[Pane]])
  func `at the end it is said that there are findings, unless they are seen`(panes: [Pane]) {
    var run = Script()
    let main = run.lane("main()")
    run.step(run.task(main).firstStep) { $0.start(main) }
    run.add(.runEnded(exception: run.text("KeyError: 1")))
    var model = run.model(panes: panes)
    model.show(0)
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 1_000_000)
    #expect(
      model.message == "The run has ended. Home goes back to its start"
        + (panes.isEmpty ? ", i shows the findings." : "."))
  }

  @Test
  func `which coroutine of a task's may block the loop is told`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var sleep: Script.Sleep?
    run.step(task.firstStep) { run in
      run.start(main)
      let outer = run.awaitNew("outer()", by: main)
      sleep = run.sleep(run.awaitNew("inner()", by: outer), until: .ms(5))
    }
    guard let sleep else { return }
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
  func `a step for which nothing is ready says so until it comes`() {
    var model = stuck.model(isLive: true, sources: [Self.source])
    #expect(model.update(.key(Key("."))) == [.step])
    #expect(model.message?.hasPrefix("Nothing can happen any more") == true)
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var sleep: Script.Sleep?
    run.step(task.firstStep) { run in
      run.start(main)
      sleep = run.sleep(main, until: .ms(5))
    }
    model = run.model(isLive: true)
    _ = model.update(.key(Key(".")))
    #expect(model.message == "Nothing is ready: the step comes with the next handle.")
    let known = run.cursor
    if let sleep { run.fire(sleep.timer, at: .ms(5)) }
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

  @Test
  func `the lane that is followed is one whose text the run has, where there is one`() {
    var run = Script()
    let main = run.lane("main()", file: "demo.py", line: 1)
    run.start(main)
    let library = run.lane("shutdown()", file: "asyncio/base_events.py", line: 9)
    run.start(library)
    #expect(run.model(sources: [Self.source]).selected == main)
    #expect(run.model().selected == library)
  }

  @Test
  func `namesakes are told apart where they are listed`() {
    var run = Script()
    let first = run.lane("a_coroutine_with_a_long_name(of, its, own)")
    _ = run.lane("a_coroutine_with_a_long_name(of, its, own)")
    run.print("hello\n", by: first)
    let lines = view(of: run.model()).lines
    #expect(lines[2].dropFirst().hasPrefix("a_coroutine_with_a_l…own) ○"))
    #expect(lines[3].dropFirst().hasPrefix("a_coroutine_with_a…own)#2 ○"))
  }

  @Test(arguments: [
    ("Worker.run(3)", "Worker.run(3) "),
    ("BaseEventLoop.shutdown_asyncgens()", "…shutdown_asyncgens() "),
    ("A.Long.Way.to.a.function(with.an.argument)", "…function(with.a…rgument) "),
    ("function(with.an.argument, and.another)", "function(wit…and.another) "),
    ("Session.fetch(…, …, 'https://example.org', 7)", "…fetch(…'https://examp…7) "),
    ("make_a_new_connection(…, 'https://example.org', 7)", "make_a_new_connection(…7) "),
    ("work_through_a_queue(1284, …)", "work_through_a_que…1284…) "),
    ("…a_function_of_a_very_long_name()", "…a_function_of_a_very_lo… "),
  ])
  func `where there is no room for all of a name its class and its middle are left out`(
    name: String, shown: String
  ) {
    var run = Script()
    _ = run.lane(name)
    #expect(view(of: run.model()).lines[2].dropFirst().hasPrefix(shown))
  }
}
