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

  @Test func `at the end of the run what was caught stands before what went wrong`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.step(task.firstStep) { run in
      run.start(main)
      let load = run.awaitNew("load()", by: main)
      run.add(.coroutineRaised(load, exception: run.text("ValueError: no")))
      run.add(.warned(run.text("UserWarning: old"), by: main))
      run.return(main)
    }
    let before = view(of: run.model(panes: [.findings])).lines
    #expect(!before.contains { $0.contains("caught") })
    run.add(.runEnded(exception: .empty))
    let lines = view(of: run.model(panes: [.findings])).lines
    let caught = lines.firstIndex {
      $0.contains("caught: it raised ValueError: no; main() caught it")
    }
    let warned = lines.firstIndex { $0.contains("UserWarning: old") }
    #expect((caught ?? .max) < (warned ?? 0), "\(lines)")
    #expect(lines[1].contains("! 1 finding") && before[1].contains("! 1 finding"))
  }

  @Test func `that events were lost is said from then on, and is no finding`() {
    var run = Script()
    _ = run.lane("main()")
    let before = run.cursor
    run.add(.dropped(count: 3))
    var model = run.model(panes: [.findings])
    #expect(view(of: model).lines.contains { $0.contains("3 events were lost.") })
    #expect(!view(of: model).lines[1].contains("finding"))
    model.show(before)
    #expect(!view(of: model).lines.contains { $0.contains("lost") })
    #expect(view(of: run.model()).lines.last?.contains("i findings") == true)
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

  @Test func `a long step is told of the coroutine that was on the loop for most of it`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.step(task.firstStep) { run in
      run.start(main)
      run.time = .ms(50)
      let login = run.awaitNew("login()", by: main)
      run.time = .ms(250)
      run.return(login)
      run.resume(main)
      run.time = .ms(300)
      run.return(main)
    }
    let lines = view(of: run.model(panes: [.findings])).lines
    #expect(lines.contains { $0.contains("login()") && $0.contains("!✓ DONE") })
    #expect(!lines.contains { $0.contains("main()") && $0.contains("!✓ DONE") })
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

  @Test(arguments: [[], [.findings]] as [[Pane]])
  func `where the axis shows the last of the run only, it is said what shows it all`(
    panes: [Pane]
  ) throws {
    var run = Script()
    let main = run.lane("main()")
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      for number in 1...60 { run.print("line \(number)", by: main) }
    }
    run.add(.runEnded(exception: run.text("KeyError: 1")))
    var model = run.model(columns: 80, panes: panes)
    model.show(0)
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 1_000_000)
    #expect(
      view(of: model).lines.last == " The run has ended. a shows all of it, Home its start"
        + (panes.isEmpty ? ", i the findings." : "."))
    _ = model.update(.key(Key("a")))
    model.show(0)
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 1_000_000)
    #expect(model.message?.hasPrefix("The run has ended. Home goes back to its start") == true)
  }
}
