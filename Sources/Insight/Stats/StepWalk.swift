import Trace

/// Goes through a run event by event, and gives the time of its steps to whose code was on the loop.
struct StepWalk {
  /// A step that has begun and not ended.
  private struct Open {
    let handle: HandleID
    let began: Int
    let number: Int
    /// The row of what it does besides running coroutines.
    let row: Int
    /// How long each row had the loop in it.
    var times: [Int: Int64] = [:]
  }

  private let timeline: Timeline
  private let window: StatsWindow
  private(set) var total: Stats
  private(set) var rows: FunctionRows
  private var queueing: (times: [Int64], events: [Int]) = ([], [])
  private var lateness: (times: [Int64], events: [Int]) = ([], [])

  private var open: [Open] = []
  private var number = 0
  private let runners: [(event: Int, lane: LaneID)]
  private var nextRunner = 0
  /// The row of the coroutine whose code is on the loop.
  private var runner: Int?
  /// How many lanes each row has, and all together.
  private var alive: [Int: Int] = [:]
  private var lanesAlive = 0

  /// - Parameter rows: with all lanes in them.
  init(_ timeline: Timeline, _ window: StatsWindow, _ rows: FunctionRows) {
    self.timeline = timeline
    self.window = window
    self.rows = rows
    total = Stats(
      events: window.events, times: window.times, tellsSteps: !timeline.tellsNoSteps)
    runners = timeline.runners(in: 0..<window.events.upperBound)
  }

  mutating func goThrough() {
    for event in 0..<window.events.upperBound { take(event) }
    endAll(at: nil)
    total.queueing = Spread(queueing.times, at: queueing.events)
    total.lateness = Spread(lateness.times, at: lateness.events)
  }

  private mutating func take(_ event: Int) {
    switch timeline.events[event].fact {
    case .handleBegan(let id): begin(id, at: event)
    case .handleEnded(let id): end(id, at: event)
    case .runEnded, .dropped: endAll(at: event)
    case .coroutineCreated(let lane, _, _, _): make(lane, at: event)
    case .coroutineReturned(let lane, _), .coroutineRaised(let lane, _, _),
      .coroutineCancelled(let lane), .coroutineNeverAwaited(let lane):
      end(lane, at: event)
    default: if window.events.contains(event) { count(event) }
    }
    if nextRunner < runners.count, runners[nextRunner].event == event {
      runner = timeline.place(of: runners[nextRunner].lane).map { rows.lanes[$0] }
      nextRunner += 1
    }
    pass(event)
  }

  private mutating func count(_ event: Int) {
    switch timeline.events[event].fact {
    case .taskCreated(let task, _, _, _):
      if timeline.future(task)?.created == event { total.tasks += 1 }
    case .timerScheduled(let id, _, _):
      if timeline.handle(id)?.scheduled == event { total.timersSet += 1 }
    case .timerFired(let id): fire(id, at: event)
    case .handleCancelled(let id):
      if timeline.handle(id)?.cancelled == event { total.cancelledHandles += 1 }
    default: break
    }
  }

  /// Gives the time up to the next event to whose code is on the loop.
  private mutating func pass(_ event: Int) {
    guard !open.isEmpty else { return }
    let next = event + 1
    let end = next < window.events.upperBound ? timeline.events[next].time : window.times.upperBound
    let time = window.part(from: timeline.events[event].time, to: end)
    total.busy += time
    open[open.count - 1].times[runner ?? open[open.count - 1].row, default: 0] += time
  }

  // MARK: Handles

  private mutating func begin(_ id: HandleID, at event: Int) {
    guard let handle = timeline.handle(id), handle.began == event else { return }
    number += 1
    if open.count == Timeline.deepestStep { close(open.removeFirst(), at: event, hasEnded: false) }
    let row = rows.row(of: handle.callback, in: timeline)
    open.append(Open(handle: id, began: event, number: number, row: row))
    guard window.events.contains(event) else { return }
    total.steps += 1
    if handle.callback.kind != .step && handle.callback.kind != .wakeup {
      rows[row].calls += 1
      rows[row].steps += 1
    }
    guard let entered = handle.entered, entered < event else { return }
    queueing.times.append(timeline.events[event].time - timeline.events[entered].time)
    queueing.events.append(event)
  }

  private mutating func end(_ id: HandleID, at event: Int) {
    guard timeline.handle(id)?.ended == event,
      let place = open.lastIndex(where: { $0.handle == id })
    else { return }
    close(open.remove(at: place), at: event)
  }

  private mutating func endAll(at event: Int?) {
    for step in open { close(step, at: event, hasEnded: false) }
    open.removeAll()
  }

  private mutating func close(_ step: Open, at event: Int?, hasEnded: Bool = true) {
    guard event ?? .max >= window.events.lowerBound else { return }
    for (row, time) in step.times {
      if row != step.row { rows[row].steps += 1 }
      rows[row].time += time
      if time > rows[row].longest {
        rows[row].longest = time
        rows[row].longestStep = step.number
      }
    }
    let end = event.map { timeline.events[$0].time } ?? window.times.upperBound
    let time = end - timeline.events[step.began].time
    guard total.longestStep.map({ time > $0.nanoseconds }) ?? true else { return }
    total.longestStep = Stats.Step(
      number: step.number, nanoseconds: time, began: step.began, ended: hasEnded ? event : nil)
  }

  private mutating func fire(_ id: HandleID, at event: Int) {
    guard let handle = timeline.handle(id), handle.entered == event, let when = handle.when
    else { return }
    let (late, overflow) = timeline.events[event].time.subtractingReportingOverflow(when)
    lateness.times.append(overflow ? 0 : max(0, late))
    lateness.events.append(event)
  }

  // MARK: Lanes

  private mutating func make(_ lane: LaneID, at event: Int) {
    guard timeline.lane(lane)?.created == event else { return }
    change(lane, by: 1, at: event)
  }

  private mutating func end(_ lane: LaneID, at event: Int) {
    guard let change = timeline.change(of: lane, at: event + 1), change.event == event,
      change.state.isEnded
    else { return }
    self.change(lane, by: -1, at: event)
  }

  private mutating func change(_ lane: LaneID, by difference: Int, at event: Int) {
    guard let row = timeline.place(of: lane).map({ rows.lanes[$0] }) else { return }
    alive[row, default: 0] += difference
    lanesAlive += difference
    let now = alive[row] ?? 0
    guard event >= window.events.lowerBound else { return noteBefore(row, now) }
    total.mostLanes = max(total.mostLanes, lanesAlive)
    guard now > rows[row].most else { return }
    rows[row].most = now
    rows[row].mostAt = event
  }

  /// What is there when that begins which is counted is the least that there is at most.
  private mutating func noteBefore(_ row: Int, _ now: Int) {
    rows[row].most = now
    rows[row].mostAt = window.events.lowerBound
    total.mostLanes = lanesAlive
  }
}
