import Trace

/// Says why lanes are in their states at a cursor.
struct StateReasons {
  typealias Reason = Explanation.Reason

  let timeline: Timeline
  let cursor: Int
  /// The moment shown, in nanoseconds: that of the last event, or later while nothing happens.
  let now: Int64
  /// Whether it is told of a moment that is gone.
  let isPast: Bool

  init(timeline: Timeline, cursor: Int, now: Int64? = nil) {
    self.timeline = timeline
    self.cursor = cursor
    self.now = now ?? timeline.time(at: cursor)
    isPast = false
  }

  /// Of the moment right before an event.
  init(timeline: Timeline, before event: Int) {
    self.timeline = timeline
    cursor = event
    now = timeline.events[event].time
    isPast = true
  }

  /// The lane's own reason, then those of the lanes that it waits for, one after the other; of one that was
  /// cut short, then those of what it waited for by then.
  func reasons(for lane: LaneID) -> [Reason] {
    var reasons: [Reason] = []
    for link in timeline.awaitChain(of: lane, at: cursor, limit: linkLimit) {
      if let reason = reason(for: link) { reasons.append(reason) }
    }
    if let (clause, event) = timeline.firstRaise(of: lane, at: cursor) {
      reasons.append(Reason("\(clause).", event: event))
    }
    if let refusal = timeline.refusal(of: lane, at: cursor) {
      let clause = timeline.clause(forRefusal: refusal)
      reasons.append(Reason("\(timeline.label(of: lane)) \(clause).", event: refusal))
    }
    if !isPast, let cut = timeline.interruption(of: lane, at: cursor) {
      var before = StateReasons(timeline: timeline, before: cut).reasons(for: lane)
      if !before.isEmpty { before[0].text = "Until then " + before[0].text }
      reasons += before
    }
    if let cycle = cycle(from: lane) { reasons.append(reason(forCycle: cycle, isAlone: false)) }
    return reasons
  }

  private func reason(for lane: LaneID) -> Reason? {
    guard let change = timeline.change(of: lane, at: cursor) else { return nil }
    let label = timeline.fullLabel(of: lane, at: cursor)
    let sentence = "\(label) \(tensed(predicate(of: lane, change)))."
    return Reason(sentence + order(of: lane, change), event: change.event)
  }

  private func tensed(_ predicate: String) -> String {
    isPast && predicate.hasPrefix("is ") ? "was " + predicate.dropFirst(3) : predicate
  }

  /// `to acquire lock 1, which main() held`, of a moment that is gone.
  func held(_ phrase: String) -> String {
    let isHeld = isPast && phrase.hasSuffix(" holds")
    return isHeld ? phrase.dropLast("holds".count) + "held" : phrase
  }

  /// Why a task that has not started has this place among those that were made with it.
  private func order(of lane: LaneID, _ change: LaneChange) -> String {
    guard change.state == .ready,
      let handle = timeline.handle(of: lane, behind: change, at: cursor)
    else { return "" }
    return StepReasons(timeline: timeline).order(behind: handle, at: cursor)
  }

  private func predicate(of lane: LaneID, _ change: LaneChange) -> String {
    switch change.state {
    case .pending: pending(lane)
    case .ready: ready(lane, change)
    case .running:
      "is RUNNING\(stepWords("in step \(timeline.steps(at: cursor))", after: ", ")), "
        + "since \(moment(of: change))"
    case .awaiting, .sleeping, .waiting: suspended(lane, change)
    case .done, .failed, .cancelled: ended(lane, change)
    case .neverAwaited:
      "was never awaited: \(created(lane)), and died at \(moment(of: change)) unstarted"
    case .unfinished:
      "is unfinished: the run ended at \(moment(of: change))"
        + (timeline.interruption(of: lane, at: cursor) == nil
          ? " while it was " + timeline.stateWords(of: lane, at: change.event) : "")
    case .unknown:
      "is unknown: events were lost at \(moment(of: change)), and nothing has been heard of it since"
    }
  }

  // MARK: Not running

  private func pending(_ lane: LaneID) -> String {
    "is PENDING: \(created(lane)), and neither awaited nor made a task since"
  }

  /// `created by main() in step 1, at demo.py:12, defined at demo.py:4`.
  private func created(_ lane: LaneID) -> String {
    guard let lane = timeline.lane(lane) else { return "created" }
    let places = timeline.place(lane.origin) + timeline.definition(lane.site)
    guard lane.parent != .none else {
      return "created\(stepWords(step(of: lane.created)))\(places)"
    }
    // It may have been found out a moment after the step of who created it.
    let number = timeline.steps(at: lane.created + 1)
    let step = stepWords(number > 0 ? "in step \(number)" : "before step 1")
    return "created by \(timeline.label(of: lane.parent))\(step)\(places)"
  }

  private func ready(_ lane: LaneID, _ change: LaneChange) -> String {
    guard let handle = timeline.handle(of: lane, behind: change, at: cursor) else {
      return "is ready since \(moment(of: change)): its next step is in the ready queue"
    }
    let clause = StepReasons(timeline: timeline).clause(for: handle)
    guard let place = timeline.place(of: handle.id, at: cursor) else {
      return "is ready since \(moment(of: change)): \(clause), and that step "
        + (isPast ? "was running" : "runs now")
    }
    let (one, many) = isPast ? ("was", "were") : ("is", "are")
    let before =
      place == 0
      ? "it \(one) next in the ready queue"
      : "\(counted(place, "handle")) \(place == 1 ? one : many) before it in the ready queue"
    return "is ready since \(moment(of: change)): \(clause); \(before)"
  }

  private func ended(_ lane: LaneID, _ change: LaneChange) -> String {
    let when = "at \(moment(of: change))\(stepWords(step(of: change.event), after: ", "))"
    switch timeline.events[change.event].fact {
    case .coroutineReturned(_, let value):
      let value = value == .empty ? "" : " \(timeline.text(value))"
      return "is DONE: it returned\(value) \(when)"
    case .coroutineRaised(_, let exception, let traceback):
      let end = timeline.wasDestroyed(lane, at: cursor)
      return "failed \(when): it raised \(timeline.text(exception))"
        + timeline.raised(in: traceback, of: lane)
        + (end ? ", for its task was destroyed: nothing referred to that any more" : "")
    default:
      let how = timeline.cancellation(of: lane, before: change.event).map { cancellation in
        let cause = cancellation.cause.map { " because \($0)" } ?? ""
        let before = cancellation.before.map { ", having gone on when it was \($0)" } ?? ""
        return "it was cancelled \(cancellation.source)\(cause)\(before), and "
      }
      return "is cancelled: \(how ?? "")a CancelledError ended it \(when)"
    }
  }

  // MARK: Suspended

  private func suspended(_ lane: LaneID, _ change: LaneChange) -> String {
    switch timeline.events[change.event].fact {
    case .coroutineAwaited(_, let inner, let line):
      return "is awaiting \(timeline.label(of: inner)) directly, since \(moment(of: change))"
        + timeline.place(line: line, of: lane)
    case .coroutineSuspended(_, let wait, let line):
      let since = "since \(moment(of: change))\(timeline.place(line: line, of: lane))"
      let limit = timeLimit(of: wait, lane)
      if wait.kind == .sleep { return sleeping(wait, since) + limit }
      return "is waiting \(held(timeline.phrase(wait, at: cursor))), \(since)"
        + progress(of: wait, lane) + limit + lastUser(of: wait, lane)
    default: return "is \(change.state.word) since \(moment(of: change))"
    }
  }

  private func sleeping(_ wait: Wait, _ since: String) -> String {
    if timeline.isResolved(wait.future, at: cursor) {
      return "is SLEEPING, but its time is over: its wakeup comes next; \(since)"
    }
    guard let when = timeline.timer(of: wait.future)?.when else { return "is SLEEPING, \(since)" }
    return "is SLEEPING until \(moment(when)), \(since)"
  }

  /// `; its time is up at 3 s (1 s left)`: by `wait_for()`, `wait()` or the timeouts around it.
  private func timeLimit(of wait: Wait, _ lane: LaneID) -> String {
    guard !timeline.isResolved(wait.future, at: cursor) else { return "" }
    var limits = timeline.timeouts(of: timeline.task(around: lane, at: cursor), at: cursor)
    if wait.kind != .sleep, let timer = timeline.timer(of: wait.future) { limits.append(timer) }
    guard let first = limits.compactMap(\.when).min() else { return "" }
    let verb = !isPast ? "is" : first <= now ? "was" : "was to be"
    return "; its time \(verb) up at \(moment(first))"
  }

  /// `3 s (1 s left)`.
  private func moment(_ when: Int64) -> String {
    let (left, overflow) = when.subtractingReportingOverflow(now)
    let rest = overflow ? "" : left > 0 ? " (\(seconds(left)) left)" : " (due)"
    return "\(seconds(when))\(rest)"
  }

  // MARK: When

  func moment(of change: LaneChange) -> String {
    seconds(timeline.events[change.event].time)
  }

  private func step(of event: Int) -> String { StepReasons(timeline: timeline).step(of: event) }

  /// Words about a step; nothing where the run tells of none.
  private func stepWords(_ words: String, after mark: String = " ") -> String {
    timeline.tellsNoSteps ? "" : mark + words
  }
}

extension Timeline {
  /// The handle that will run a lane which became ready. Of a yield it is scheduled in a moment beside that in
  /// which the coroutine is suspended.
  func handle(of lane: LaneID, behind change: LaneChange, at cursor: Int) -> Handle? {
    let task = task(around: lane, at: change.event + 1)
    let near = max(0, change.event - 8)..<min(cursor, change.event + 8)
    for event in near.sorted(by: { abs($0 - change.event) < abs($1 - change.event) }) {
      if case .handleScheduled(let id, let callback, _) = events[event].fact,
        callback.kind == .step || callback.kind == .wakeup, callback.future == task, task != .none,
        let handle = handle(id), handle.began ?? .max > change.event
      {
        return handle
      }
    }
    return nil
  }
}
