import Trace

/// Adds up what the histories of lanes tell.
struct LaneTotals {
  private let timeline: Timeline
  private let window: StatsWindow
  private(set) var rows: FunctionRows
  private var resources: [ResourceID: ResourceTotals] = [:]

  init(_ timeline: Timeline, _ window: StatsWindow) {
    self.timeline = timeline
    self.window = window
    rows = FunctionRows(in: window.times)
  }

  /// What was waited for, or had something in it, those first that were waited for most.
  var shared: [ResourceTotals] {
    resources.values.sorted {
      ($0.waited, $1.resource.id) > ($1.waited, $0.resource.id)
    }
  }

  /// Adds what each lane's history tells, and how much of what they share was in use.
  mutating func addAll() {
    let prologueEnd = timeline.stepCount > 0 ? timeline.endOfPrologue : 0
    for id in timeline.laneIDs(at: window.events.upperBound) {
      guard let lane = timeline.lane(id) else { continue }
      let row = rows.add(lane, in: timeline)
      add(lane, wasMet: wasMet(lane, before: prologueEnd), to: row)
    }
    for place in 0..<timeline.resourceCount(at: window.events.upperBound) {
      let resource = timeline.resource(at: place)
      guard let resource, [.lock, .semaphore, .queue].contains(resource.kind) else { continue }
      var totals = resources[resource.id] ?? ResourceTotals(resource, window)
      timeline.addLevels(to: &totals, in: window)
      if totals.waits > 0 || totals.most > 0 { resources[resource.id] = totals }
    }
  }

  /// A recording that begins in the middle of a run first tells what is there: that a lane has started, in no
  /// step.
  private func wasMet(_ lane: Lane, before prologueEnd: Int) -> Bool {
    guard lane.created < prologueEnd, let changes = timeline.changes(of: lane.id) else {
      return false
    }
    let first = changes.prefix(changes.count(at: prologueEnd))
    return first.contains { $0.state == .running } && first.last?.state.isOver == false
  }

  private mutating func add(_ lane: Lane, wasMet: Bool, to row: Int) {
    guard let changes = timeline.changes(of: lane.id) else { return }
    let wasMade = window.events.contains(lane.created) && !wasMet
    var last: (state: LaneState, event: Int, time: Int64)?
    for change in changes {
      if change.event >= window.events.upperBound { break }
      let time = timeline.events[change.event].time
      if let last { add(last.state, last.event, from: last.time, to: time, row) }
      last = (change.state, change.event, time)
    }
    guard let last else { return }
    add(last.state, last.event, from: last.time, to: window.times.upperBound, row)
    let isOver = last.state.isEnded
    let end = last.state.isOver ? last.time : window.times.upperBound
    rows[row].course.add(1, from: timeline.events[lane.created].time, to: end)
    if isOver, last.event < window.events.lowerBound { return }
    if wasMade { rows[row].calls += 1 } else { rows[row].earlier += 1 }
    switch last.state {
    case .done: rows[row].returned += 1
    case .failed: rows[row].failed += 1
    case .cancelled: rows[row].cancelled += 1
    case .neverAwaited: rows[row].neverAwaited += 1
    case .unknown: rows[row].lost += 1
    default: rows[row].left += 1
    }
    if isOver, wasMade {
      addLife(last.time - timeline.events[lane.created].time, of: lane.id, to: row)
    }
  }

  /// Adds the time of a wait to what was waited for.
  private mutating func add(_ time: Int64, to future: FutureID) {
    guard let resource = timeline.resource(behind: future) else { return }
    resources[resource.id, default: ResourceTotals(resource, window)].wait(time)
  }

  private mutating func addLife(_ life: Int64, of lane: LaneID, to row: Int) {
    if rows[row].lives == 0 || life > rows[row].longestLife {
      rows[row].longestLife = life
      rows[row].longestLane = lane
    }
    rows[row].lives += 1
    rows[row].lifetime.grow(by: life)
  }

  private mutating func add(
    _ state: LaneState, _ event: Int, from start: Int64, to end: Int64, _ row: Int
  ) {
    let time = window.part(from: start, to: end)
    guard time > 0 else { return }
    switch state {
    case .pending: rows[row].pending.grow(by: time)
    case .ready: rows[row].waits[.ready].grow(by: time)
    case .running: rows[row].running.grow(by: time)
    case .awaiting: rows[row].awaiting.grow(by: time)
    case .sleeping, .waiting:
      guard case .coroutineSuspended(_, let wait, _) = timeline.events[event].fact else { return }
      if let column = WaitColumn(wait.kind) {
        rows[row].waits[column].grow(by: time)
        if column == .lock || column == .queue { add(time, to: wait.future) }
      } else {
        rows[row].between.grow(by: time)
      }
    case .unknown: rows[row].unknown.grow(by: time)
    case .done, .failed, .cancelled, .neverAwaited, .unfinished: break
    }
  }
}
