import Trace

/// Goes from where a lane stands back over the steps that led there.
struct PathWalk {
  typealias Part = CriticalPath.Part

  /// A lane that came to wait, and the event in which it did.
  private typealias Suspension = (lane: LaneID, event: Int)

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
  /// The wait that ended with what is being explained.
  private var wait: Suspension?
  /// The handle to be followed next to where it was scheduled, and the lane that it resumed.
  private var next: (handle: Handle, lane: LaneID)?
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

  var partCount: Int { parts.count }

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
      stand(in: lane, at: change.event)
    case .neverAwaited: add(.pending, lane, from: origin, to: change.event)
    default: stand(in: lane, at: cursor)
    }
  }

  /// Adds what a lane does, or the lane that it waits for in the end.
  private mutating func stand(in lane: LaneID, at cursor: Int) {
    let last = timeline.lastAwaited(by: lane, at: cursor)
    guard let change = timeline.change(of: last, at: cursor) else { return isOver = true }
    switch change.state {
    case .running where timeline.moment(at: cursor).handle != .none: position = cursor
    case .ready:
      add(.ready, last, from: change.event, to: cursor)
      next = timeline.handle(of: last, behind: change, at: cursor).map { ($0, last) }
    case .sleeping, .waiting:
      let wait = timeline.innermostWait(of: last, from: change.event, before: cursor)
      add(change.state, wait.lane, from: wait.event, to: cursor)
    case .awaiting, .pending: add(change.state, last, from: change.event, to: cursor)
    default: add(.unknown, .none, from: origin, to: cursor)
    }
  }

  // MARK: Step by step

  /// Goes back by one step, or by a part of one in which many coroutines ran.
  mutating func goBack() {
    guard position > origin else { return isOver = true }
    if let (handle, lane) = next {
      next = nil
      return follow(handle, resuming: lane)
    }
    guard let handle = timeline.handle(timeline.moment(at: position).handle),
      let began = handle.began, began < position
    else { return cameFromOutside() }
    let runners = timeline.runners(in: began + 1..<position, last: Self.mostRunners)
    for runner in runners.reversed() {
      add(.running, runner.lane, from: runner.event, to: position, handle.id)
    }
    guard runners.count < Self.mostRunners else { return }
    let first = runners.first { $0.lane != .none }?.lane ?? runsFirst(in: handle)
    add(.running, first ?? .none, from: began, to: position, handle.id)
    let resumed = first ?? laneThatWaits(for: handle)
    if let entered = handle.entered, entered < began {
      // What had come from outside before it was waited for made nobody wait.
      let waited = handle.cause.kind == .external ? wait?.event ?? 0 : 0
      add(.ready, resumed, from: max(entered, waited), to: began, handle.id)
    }
    follow(handle, resuming: resumed)
  }

  /// How many runners of a step are gone through at once.
  private static let mostRunners = 1000

  /// The lane that ran first in a step of which the rest is on the path already.
  private func runsFirst(in handle: Handle) -> LaneID? {
    parts.last.flatMap { $0.handle == handle.id && $0.lane != .none ? $0.lane : nil }
  }

  /// Whose time it is until a callback runs that is no coroutine's.
  private func laneThatWaits(for handle: Handle) -> LaneID {
    let own = timeline.future(handle.callback.future)?.lane ?? .none
    return own == .none && handle.callback.kind == .setResult ? wait?.lane ?? .none : own
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
        wait = timeline.innermostWait(of: lane, from: event, before: handle.scheduled)
      }
      if let resolved = timeline.resolution(before: handle.scheduled) {
        add(.ready, lane, from: resolved, to: position, handle.id)
      }
      goOn(to: handle.scheduled)
    case .taskCreated, .yielded, .callSoon: goOn(to: handle.scheduled)
    }
  }

  /// The time until a deadline is that of the lane that set the timer and then waited for it; else of whoever
  /// set it, who waited for several things where it is a timeout. From the deadline on, the loop was late.
  private mutating func waitForTimer(_ timer: Handle) {
    let setter = timeline.moment(at: timer.scheduled)
    func own(_ wait: Suspension?) -> Suspension? {
      wait.flatMap {
        $0.event > timer.scheduled && timeline.moment(at: $0.event).handle == setter.handle
          ? $0 : nil
      }
    }
    let waiter = own(wait) ?? own(timeline.sleeper(until: timer, before: position))
    let lane = waiter?.lane ?? setter.lane
    let start = waiter?.event ?? timer.scheduled
    if let due = timer.when, due < time(of: position) {
      let late = max(timeline.cursor(atTime: due), start + 1)
      add(.ready, lane, from: late, to: position, timer.id, since: max(due, time(of: start)))
    }
    let state =
      waiter.map { timeline.state(of: $0.lane, at: $0.event + 1) }
      ?? (timer.callback.kind == .timeout ? .waiting : .sleeping)
    add(state, lane, from: start, to: position, timer.id)
    wait = nil
  }

  /// Something came that no step of the run had brought about: it was waited for from the beginning of
  /// the wait that it ended, or else of what the lane itself was doing.
  private mutating func cameFromOutside() {
    if let wait, wait.event > origin, wait.event <= position {
      self.wait = nil
      // What was cancelled from outside may have had others to wait for.
      guard timeline.awaited(by: wait.lane, at: position).isEmpty else {
        return stand(in: wait.lane, at: position)
      }
      let state = timeline.state(of: wait.lane, at: wait.event + 1)
      add(state, wait.lane, from: wait.event, to: position)
    } else {
      wait = nil
      stand(in: lane, at: position)
    }
  }

  /// The event in which a lane was last suspended.
  private func suspension(of lane: LaneID, before event: Int) -> Int? {
    guard let changes = timeline.changes(of: lane) else { return nil }
    return changes.prefix(changes.count(at: event)).last { $0.state.isSuspended }?.event
  }

  // MARK: Parts

  /// Adds a part before those that are there; what of it lies before the origin is cut off.
  ///
  /// - Parameter moment: when it began, if that was before its first event.
  private mutating func add(
    _ state: LaneState, _ lane: LaneID, from start: Int, to end: Int, _ handle: HandleID = .none,
    since moment: Int64? = nil
  ) {
    guard !isOver, end > origin else { return isOver = true }
    let end = min(end, position)
    let cause = start
    let start = max(start, origin)
    if start < end {
      let over = parts.last?.times.lowerBound ?? time(of: end)
      let times = min(moment ?? time(of: start), over)..<over
      let row = lane == .none ? wait?.lane ?? .none : lane
      parts.append(
        Part(
          lane: lane, row: row, state: state, events: start..<end, times: times, handle: handle,
          cause: cause))
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

extension Timeline {
  /// The event by which a future was resolved, if a handle was scheduled right after it, or after others of
  /// its callbacks.
  fileprivate func resolution(before scheduled: Int) -> Int? {
    for event in stride(from: scheduled - 1, through: max(0, scheduled - 64), by: -1) {
      switch events[event].fact {
      case .handleScheduled: continue
      case .futureResolved: return event
      default: return nil
      }
    }
    return nil
  }

  /// Of a lane and those that it waits for, one after the other, the last: of several members the one that
  /// has stood where it is for the longest.
  fileprivate func lastAwaited(by lane: LaneID, at cursor: Int) -> LaneID {
    var lane = lane
    var seen: Set<LaneID> = []
    while seen.insert(lane).inserted {
      let awaited = awaited(by: lane, at: cursor).map { (lane: $0, since: since($0, at: cursor)) }
      guard let next = awaited.min(by: { $0.since < $1.since }) else { return lane }
      lane = next.lane
    }
    return lane
  }

  private func since(_ lane: LaneID, at cursor: Int) -> Int {
    change(of: lane, at: cursor)?.event ?? .max
  }

  /// A lane's wait, or that of the generator that it goes through.
  fileprivate func innermostWait(
    of lane: LaneID, from event: Int, before cursor: Int
  ) -> (lane: LaneID, event: Int) {
    let event = innermostSuspension(event, before: cursor)
    guard case .coroutineSuspended(let inner, _, _) = events[event].fact else {
      return (lane, event)
    }
    return (inner, event)
  }

  /// The lane that sleeps until a timer gives its future a result.
  fileprivate func sleeper(until timer: Handle, before cursor: Int) -> (lane: LaneID, event: Int)? {
    guard timer.callback.kind == .setResult,
      let first = suspensions(on: timer.callback.future).last, first < cursor,
      first > timer.scheduled, case .coroutineSuspended(let lane, _, _) = events[first].fact
    else { return nil }
    return innermostWait(of: lane, from: first, before: cursor)
  }
}
