import TUI
import Testing
import Trace
import TraceSamples

/// What a lane's row says besides its bar.
struct LaneRowTests {
  @Test func `a wide screen says what a state is for`() {
    var run = Script()
    let queue = ResourceID(1)
    run.add(.resourceCreated(queue, .queue, name: run.text("queue 1"), limit: 2))
    run.add(.resourceChanged(queue, level: 2, holder: .none))
    let lanes = ["sleeps()", "puts()", "awaits()", "returns()", "fails()", "starts()"]
      .map { run.lane($0) }
    for lane in lanes { _ = run.task(lane) }
    for lane in lanes.dropLast() { run.start(lane) }
    _ = run.sleep(lanes[0], until: .ms(3007))
    run.suspend(lanes[1], .queuePut, run.future("future", of: queue), line: 4)
    _ = run.awaitNew("inner()", by: lanes[2])
    run.return(lanes[3], "42")
    run.add(.coroutineRaised(lanes[4], exception: run.text("ValueError: no\nreally")))
    let states = [
      "◐ SLEEPING until 3.007 s ", "◎ waiting for room in queue 1 (2 of 2 items) ",
      "◌ awaiting inner() ", "✓ DONE: 42 ", "✗ failed: ValueError: no\\nreally ", "◔ ready ",
    ]
    let rows = view(of: run.model(columns: 200)).lines[2...].filter { !$0.contains("└") }
    for (row, state) in zip(rows, states) { #expect(row.contains(state)) }
    #expect(view(of: run.model(columns: 100)).lines[3].contains("◎ waiting    "))
  }

  @Test func `where there is no room for its word a state has a glyph and a letter`() {
    var run = Script()
    let lanes = ["sleeps()", "returns()", "starts()"].map { run.lane($0) }
    for lane in lanes { _ = run.task(lane) }
    for lane in lanes.dropLast() { run.start(lane) }
    _ = run.sleep(lanes[0], until: .ms(3007))
    run.return(lanes[1])
    let rows = view(of: run.model(columns: 40)).lines[2...]
    for (row, state) in zip(rows, ["sleeps()   ◐S ", "returns()  ✓D ", "starts()   ◔r "]) {
      #expect(row.dropFirst().hasPrefix(state), "\(row)")
    }
  }

  @Test func `from 120 columns on it says with whom a lane speaks`() {
    var run = Script()
    let main = run.lane("main()")
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      run.suspend(main, .io, run.future("write to 10.0.42.117:38156"))
    }
    let row = view(of: run.model(columns: 120)).lines[2]
    #expect(row.contains("◎ waiting to write to 10.0.42.117:38156 "), "\(row)")
  }

  @Test func `a tree that is too deep leaves half of its column to the names`() {
    var run = Script()
    let root = run.lane("root()")
    var lane = run.lane("first()", by: root)
    for depth in 2...20 { lane = run.lane("step_\(depth)()", by: lane) }
    _ = run.lane("last()", by: root)
    let rows = view(of: run.model(columns: 100)).lines[2...].map { $0.prefix(26) }
    #expect(rows[1].hasPrefix(" ├ first() "))
    #expect(rows[6].hasPrefix(" │         └ step_6() "))
    #expect(rows[11].hasPrefix(" │         └ step_11() "))
  }

  @Test func `lanes are filtered by the names of their tasks too, but those that asyncio gives`() {
    var run = Script()
    let lanes = (0..<3).map { run.lane("work(\($0))") }
    _ = run.task(lanes[0], named: "mailer")
    let before = run.cursor
    _ = run.task(lanes[1], named: "Task-2")
    _ = run.task(lanes[2], named: "backup")
    func rows(_ filter: String, at cursor: Int? = nil) -> Int {
      var model = run.model(columns: 100)
      model.show(cursor ?? run.cursor)
      for character in "f" + filter { _ = model.update(.key(Key(character))) }
      return model.lanes.rows.count
    }
    #expect(["MAIL", "backup", "task", "work", "Task-2"].map { rows($0) } == [1, 1, 0, 3, 1])
    #expect(rows("backup", at: before) == 0)
  }

  @Test func `a task that is renamed has its new name from then on, and is found by each`() {
    var run = Script()
    let task = run.task(run.lane("work()"), named: "fetch-1")
    _ = run.task(run.lane("other()"))
    let before = run.cursor
    run.add(.taskRenamed(task.future, name: run.text("fetch-2"), by: task.lane))
    func rows(at cursor: Int, filter: String = "") -> [String] {
      var model = run.model(columns: 120)
      model.show(cursor)
      if !filter.isEmpty {
        for character in "f" + filter { _ = model.update(.key(Key(character))) }
      }
      return model.lanes.rows.map { model.timeline.fullLabel(of: $0.lane, at: cursor) }
    }
    #expect(rows(at: before) == ["work() (fetch-1)", "other()"])
    #expect(rows(at: run.cursor) == ["work() (fetch-2)", "other()"])
    #expect(rows(at: before, filter: "fetch-2") == [])
    #expect(rows(at: run.cursor, filter: "fetch-2") == ["work() (fetch-2)"])
    #expect(rows(at: run.cursor, filter: "fetch-1") == ["work() (fetch-2)"])
    let inspector = view(of: run.model(columns: 120, rows: 40, panes: [.inspector]))
    #expect(inspector.lines.contains { $0.contains("task") && $0.contains("fetch-2") })
  }

  @Test func `the name that a task was given stands beside its lane's label`() {
    var run = Script()
    let names = [
      "fetch-1", "app.worker", "Task-3", "the-one-that-mails-the-reports-12", "日本語の名前", "",
    ]
    let lanes = names.map { _ in run.lane("worker(job)") }
    let before = run.cursor
    for (lane, name) in zip(lanes, names) { _ = run.task(lane, named: name) }
    func rows(_ columns: Int, at cursor: Int? = nil) -> [String] {
      var model = run.model(columns: columns)
      model.show(cursor ?? run.cursor)
      return view(of: model).lines[2..<8].map { row in
        let end = row.firstIndex { "◌◔·○".contains($0) } ?? row.endIndex
        return row[..<end].dropFirst().split(separator: " ").joined(separator: " ")
      }
    }
    let labels = (1...6).map { $0 == 1 ? "worker(job)" : "worker(job)#\($0)" }
    #expect(rows(100, at: before) == labels)
    #expect(rows(120)[0] == "worker(job) fetch-1")
    #expect(rows(120)[3] == "worker(job)#4 …he-reports-12")
    #expect(rows(120)[4] == "worker(job)#5 日本語の名前")
    #expect([1, 2, 5].map { rows(120)[$0] } == [1, 2, 5].map { labels[$0] })
    #expect(rows(60)[0] == "work…b) fetch-1")
    #expect(rows(60)[3] == "wor…)#4 …rts-12")
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
    ("move_it('a-long-argument', …)", "move_it(a-long-argument) "),
    ("move_everything('a-long-argument', …)", "move_everything(…rgument) "),
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
