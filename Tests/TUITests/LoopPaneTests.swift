import TUI
import Testing
import Trace
import TraceSamples

/// What the loop pane finds room for.
struct LoopPaneTests {
  /// A lock that is held and waited for, among thirty who sleep.
  private var model: Model {
    var run = Script()
    let lock = ResourceID(1)
    run.add(.resourceCreated(lock, .lock, name: run.text("lock 1"), limit: 1))
    for number in 0..<30 {
      let lane = run.lane("sleeper(\(number))")
      let task = run.task(lane)
      run.step(task.firstStep) { run in
        run.start(lane)
        if number == 0 { run.add(.resourceChanged(lock, level: 1, holder: lane)) }
        _ = run.sleep(lane, until: .ms(1000))
      }
    }
    let lane = run.lane("waiter()")
    run.start(lane)
    run.suspend(lane, .lock, run.future("lock", of: lock))
    _ = run.task(run.lane("last()"))
    return run.model(panes: [.loop])
  }

  private func pane(_ model: Model) -> [String] {
    let lines = view(of: model).lines
    return Array(lines.drop { !$0.contains(" loop ") }.dropFirst().dropLast())
  }

  @Test func `each list has its share of the pane, and what is short leaves room`() {
    let lines = pane(model)
    #expect(lines.count == 10)
    #expect(lines[1...2] == [" ready 1", " 1 first step of last()  ← task created"])
    #expect(lines[3] == " timers 30")
    #expect(lines[4...7].allSatisfy { $0.contains("'s sleep") })
    #expect(lines[8] == " locks and queues 1")
    #expect(lines[9] == " lock 1  1 waiting  held by sleeper(0)")
  }

  @Test func `of more locks than there is room for, those in use come first`() {
    var run = Script()
    let resources = (1...500).map { ResourceID(UInt32($0)) }
    for resource in resources {
      let kind: ResourceKind = resource == resources[498] ? .lock : .event
      run.add(
        .resourceCreated(resource, kind, name: run.text("thing \(resource.rawValue)"), limit: 1))
    }
    let lane = run.lane("waiter()")
    run.step(run.task(lane).firstStep) { run in
      run.start(lane)
      run.add(.resourceChanged(resources[0], level: 1, holder: .none))
      run.add(.resourceChanged(resources[498], level: 1, holder: lane))
      run.suspend(lane, .event, run.future("event", of: resources[2]))
    }
    let lines = pane(run.model(panes: [.loop])).drop { !$0.contains("locks and queues") }
    #expect(lines.first == " locks and queues 500")
    #expect(
      lines.dropFirst().prefix(4) == [
        " thing 3  1 waiting  not set", " thing 499  held by waiter()", " thing 1  set",
        " thing 2  not set",
      ])
  }

  @Test func `who holds a lock stands below where there is no room beside it`() {
    var run = Script()
    let lock = ResourceID(1)
    run.add(.resourceCreated(lock, .lock, name: run.text("lock 1"), limit: 1))
    let lanes = ["holder('a name')", "waiter()"].map { run.lane($0) }
    run.step(run.task(lanes[0]).firstStep) { run in
      run.start(lanes[0])
      run.add(.resourceChanged(lock, level: 1, holder: lanes[0]))
    }
    run.start(lanes[1])
    run.suspend(lanes[1], .lock, run.future("lock", of: lock))
    let lines = pane(run.model(panes: [.loop, .source, .output]))
      .map { $0.prefix { $0 != "│" }.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("lock 1 1 waiting") && lines.contains("held by holder('a name')"))
  }

  @Test func `a pane that is scrolled shows all of its lists`() {
    var model = model
    _ = model.update(.key(Key(.tab)))
    for _ in 0..<40 { _ = model.update(.key(Key(.down))) }
    #expect(pane(model).last == " lock 1  1 waiting  held by sleeper(0)")
    #expect(pane(model)[7].contains("sleeper(29)'s sleep"))
    for _ in 0..<40 { _ = model.update(.key(Key(.up))) }
    #expect(pane(model)[3] == " timers 30")
  }
}
