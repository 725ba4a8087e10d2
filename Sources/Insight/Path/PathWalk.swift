import Trace

/// Goes from where a lane stands back over the steps that led there.
struct PathWalk {
  typealias Part = CriticalPath.Part

  private let timeline: Timeline
  private let lane: LaneID
  private let cursor: Int
  private let now: Int64
  /// The first event that may be on the path.
  private let origin: Int
  private let isAfterLoss: Bool
  /// The latest first.
  private var parts: [Part] = []
  /// The event that is to be explained next: what came before it is not on the path yet.
  private var position: Int
  /// The wait that ended with what is being explained, and the event in which it began.
  private var wait: (lane: LaneID, event: Int)?
  private(set) var isOver = false

  /// Stands where a lane stands at a cursor.
  ///
  /// - Parameter created: the event that made the lane.
  init(_ timeline: Timeline, _ lane: LaneID, from created: Int, cursor: Int, now: Int64) {
    self.timeline = timeline
    self.lane = lane
    self.now = now
    self.cursor = cursor
    let lost = timeline.drops.prefix(timeline.drops.count(at: cursor)).last
    origin = max(created, lost ?? 0)
    isAfterLoss = origin > created
    position = cursor
    begin()
  }

  var path: CriticalPath {
    CriticalPath(
      lane: lane, parts: parts.reversed(), origin: isOver ? origin : position,
      cut: isOver ? (isAfterLoss ? .loss : nil) : .limit)
  }

  // MARK: Where the lane stands

  /// Adds what the lane is in at the cursor.
  private mutating func begin() {
    guard let change = timeline.change(of: lane, at: cursor) else { return isOver = true }
    switch change.state {
    case .done, .failed, .cancelled: position = change.event
    case .unfinished:
      position = change.event
      stand(at: change.event)
    case .neverAwaited: add(.pending, lane, from: origin, to: change.event)
    default: stand(at: cursor)
    }
  }

  /// Adds what the lane does, or the lane that it waits for in the end.
  private mutating func stand(at cursor: Int) {
    let last = timeline.awaitChain(of: lane, at: cursor).last ?? lane
    guard let change = timeline.change(of: last, at: cursor) else { return isOver = true }
    switch change.state {
    case .running where timeline.moment(at: cursor).handle != .none: position = cursor
    case .ready:
      add(.ready, last, from: change.event, to: cursor)
      if let handle = timeline.handle(behind: change, at: cursor) {
        follow(handle, resuming: last)
      }
    case .sleeping, .waiting, .awaiting, .pending:
      add(change.state, last, from: change.event, to: cursor)
    default: add(.unknown, .none, from: origin, to: cursor)
    }
  }

  // MARK: Step by step

  /// Adds the step in which the event at the position happened, and how it came to that step.
  mutating func goBack() {
    guard position > origin else { return isOver = true }
    guard let handle = timeline.handle(timeline.moment(at: position).handle),
      let began = handle.began, began < position
    else { return cameFromOutside() }
    let runners = timeline.runners(in: began + 1..<position)
    let first = runners.first { $0.lane != .none }?.lane
    for runner in runners.reversed() where runner.event < position {
      add(.running, runner.lane, from: runner.event, to: position, handle.id)
    }
    add(.running, first ?? .none, from: began, to: position, handle.id)
    let resumed = first ?? timeline.future(handle.callback.future)?.lane ?? .none
    if let entered = handle.entered, entered < began {
      // What had come from outside before it was waited for made nobody wait.
      let waited = handle.cause.kind == .external ? wait?.event ?? 0 : 0
      add(.ready, resumed, from: max(entered, waited), to: began, handle.id)
    }
    follow(handle, resuming: resumed)
  }

  /// Goes on to where a handle was scheduled.
  private mutating func follow(_ handle: Handle, resuming lane: LaneID) {
    guard !isOver else { return }
    switch handle.cause.kind {
    case .timer: waitForTimer(handle)
    case .external: cameFromOutside()
    case .futureResolved:
      if handle.callback.kind == .wakeup, let event = suspension(of: lane, before: handle.scheduled)
      {
        wait = (lane, event)
      }
      goOn(to: handle.scheduled)
    case .taskCreated, .yielded, .callSoon: goOn(to: handle.scheduled)
    }
  }

  /// The time until a deadline is that of the lane that set the timer and then waited for it; else of whoever
  /// set it.
  private mutating func waitForTimer(_ timer: Handle) {
    let setter = timeline.moment(at: timer.scheduled)
    if let wait, wait.event > timer.scheduled,
      timeline.moment(at: wait.event).handle == setter.handle
    {
      addWait(wait, timer.id)
    } else {
      add(.sleeping, setter.lane, from: timer.scheduled, to: position, timer.id)
    }
    wait = nil
  }

  /// Something came that no step of the run had brought about: it was waited for from the beginning of
  /// the wait that it ended, or else of what the lane itself was doing.
  private mutating func cameFromOutside() {
    if let wait, wait.event > origin, wait.event <= position {
      addWait(wait)
    } else {
      stand(at: position)
    }
    wait = nil
  }

  private mutating func addWait(_ wait: (lane: LaneID, event: Int), _ handle: HandleID = .none) {
    let state = timeline.state(of: wait.lane, at: wait.event + 1)
    add(state, wait.lane, from: wait.event, to: position, handle)
  }

  /// The event in which a lane was last suspended.
  private func suspension(of lane: LaneID, before event: Int) -> Int? {
    guard let changes = timeline.changes(of: lane) else { return nil }
    return changes.prefix(changes.count(at: event)).last { $0.state.isSuspended }?.event
  }

  // MARK: Parts

  /// Adds a part before those that are there; what of it lies before the origin is cut off.
  private mutating func add(
    _ state: LaneState, _ lane: LaneID, from start: Int, to end: Int, _ handle: HandleID = .none
  ) {
    guard !isOver, end > origin else { return isOver = true }
    let end = min(end, position)
    let start = max(start, origin)
    if start < end {
      let times = min(time(of: start), time(of: end))..<time(of: end)
      let row = lane == .none ? wait?.lane ?? .none : lane
      parts.append(
        Part(
          lane: lane, row: row, state: state, events: start..<end, times: times, handle: handle))
    }
    goOn(to: start)
  }

  /// A cause lies before its effect, whatever a recording says.
  private mutating func goOn(to event: Int) {
    position = min(position, event)
    if position <= origin { isOver = true }
  }

  private func time(of event: Int) -> Int64 {
    event < cursor ? timeline.events[event].time : now
  }
}
