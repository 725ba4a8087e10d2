import Trace

/// Says why steps ran when they did: each handle has a cause, which came up in another step.
struct StepReasons {
  typealias Reason = Explanation.Reason

  let timeline: Timeline

  /// Why a lane's code last came to run.
  func reasons(for lane: LaneID, at cursor: Int) -> [Reason] {
    guard !timeline.tellsNoSteps, let changes = timeline.changes(of: lane) else { return [] }
    let running = changes[..<changes.count(at: cursor)].last { $0.state == .running }
    guard let running else { return [] }
    let reasons = reasons(for: lane, running: running, at: cursor)
    guard timeline.state(of: lane, at: cursor) == .running,
      let seen = timeline.sightingClause(in: running.event..<cursor, by: lane)
    else { return reasons }
    return [reasons[0], Reason("It was \(seen).", event: cursor - 1)] + reasons.dropFirst()
  }

  private func reasons(for lane: LaneID, running: LaneChange, at cursor: Int) -> [Reason] {
    let step = timeline.steps(at: running.event + 1)
    let runs =
      timeline.state(of: lane, at: cursor) == .running ? "It runs now" : "It last ran"
    guard let handle = handle(ofStep: step) else {
      return [Reason("\(runs) before step 1.", event: running.event)]
    }
    let rest = reasons(forStep: step)
    let how: String
    let fact = timeline.events[running.event].fact
    switch fact {
    case .coroutineStarted, .coroutineResumed:
      if let outer = timeline.awaiter(of: lane, at: running.event + 1),
        case .coroutineStarted = fact
      {
        how =
          "started directly by \(timeline.label(of: outer))'s await: no trip through the ready queue"
      } else {
        let first =
          "\(runs) in step \(step) because \(clause(for: handle))\(queue(for: handle))."
          + order(behind: handle, at: cursor)
        return [Reason(first, event: handle.scheduled)] + rest.dropFirst()
      }
    default:
      let inner = timeline.label(of: fact.lane ?? .none)
      how =
        "going on directly when \(inner), which it awaited, \(ending(in: fact, for: lane, at: cursor))"
    }
    return [Reason("\(runs) in step \(step), \(how).", event: running.event)]
      + rest.prefix(linkLimit - 1)
  }

  /// How a coroutine ended, as its awaiter sees it. That may have failed with the same, and then its own
  /// end has told of it.
  private func ending(in fact: Fact, for lane: LaneID, at cursor: Int) -> String {
    switch fact {
    case .coroutineRaised(_, let exception, _)
    where exception == timeline.failure(of: lane, at: cursor)?.exception:
      "raised it"
    case .coroutineRaised(_, let exception, _): "raised \(timeline.text(exception))"
    case .coroutineCancelled: "was cancelled"
    default: "returned"
    }
  }

  /// Why a step ran, then why the step ran in which the cause of that came up, and so on.
  func reasons(forStep step: Int) -> [Reason] {
    var reasons: [Reason] = []
    var step = step
    while reasons.count < linkLimit, let link = link(ofStep: step) {
      reasons.append(link.reason)
      guard let cause = link.cause else { break }
      let isYield = handle(ofStep: step)?.cause.kind == .yielded
      let (first, count) = isYield ? firstOfYields(before: cause) : (cause, 0)
      step = first
      if count > 2, let handle = handle(ofStep: cause) {
        let isAll = count < Self.mostYields
        let turns = isAll ? "turns from step \(first) on" : "last \(count) turns"
        let who = timeline.label(of: handle.callback.future)
        reasons.append(
          Reason("\(who) had done so at each of its \(turns).", event: handle.scheduled))
        guard isAll else { break }
      }
    }
    return reasons
  }

  /// The first of the steps in which a task only gave up its turn, one after the other, up to a step in which
  /// it did, and how many they are besides; where they are few, they are told one by one.
  private func firstOfYields(before last: Int) -> (step: Int, count: Int) {
    var step = last
    var count = 0
    while count < Self.mostYields, let handle = handle(ofStep: step),
      handle.cause.kind == .yielded, let before = stepAround(handle.scheduled), before < step
    {
      step = before
      count += 1
    }
    return count > 2 ? (step, count) : (last, 0)
  }

  /// This is asked for at each frame.
  private static let mostYields = 1000

  /// Why a step ran, and the step in which that came up; nil for what came from outside.
  func link(ofStep step: Int) -> (reason: Reason, cause: Int?)? {
    handle(ofStep: step).map { handle in
      let text = "Step \(step) ran because \(clause(for: handle))." + order(behind: handle)
      // A cause lies before its effect; a recording that says otherwise is not followed.
      let cause = stepAround(handle.scheduled).flatMap { $0 < step ? $0 : nil }
      return (Reason(text, event: handle.scheduled), cause)
    }
  }

  /// What put a handle into the ready queue, as a clause.
  func clause(for handle: Handle) -> String {
    let what = timeline.phrase(handle)
    let when = step(of: handle.scheduled)
    switch handle.cause.kind {
    case .taskCreated:
      return "\(what) was scheduled when \(creation(of: handle.callback.future)), \(when)"
    case .yielded: return "\(timeline.label(of: handle.callback.future)) gave up its turn \(when)"
    case .futureResolved:
      return
        "\(what) was scheduled when \(resolution(of: handle.cause.future, for: handle)), \(when)"
    case .callSoon:
      return "\(actor(at: handle.scheduled)) asked for \(what) with call_soon \(when)"
    case .external: return "\(what) was asked for from outside the loop \(when)"
    case .timer:
      let due = handle.when.map(seconds)
      let fired = handle.entered.map { seconds(timeline.events[$0].time) }
      let deadline = due == fired ? "" : due.map { ", due at \($0)," } ?? ""
      return "the timer that \(actor(at: handle.scheduled)) set \(when)\(deadline)"
        + (fired.map { " fired at \($0)" } ?? " was run")
    }
  }

  /// Where a task did not get its place in the order of the coroutines: that, and why.
  func order(behind handle: Handle, at cursor: Int = .max) -> String {
    TaskOrder(timeline: timeline, cursor: cursor).sentences(for: handle).map { " " + $0 } ?? ""
  }

  /// How long the queue was in front of a handle when it entered.
  private func queue(for handle: Handle) -> String {
    guard let entered = handle.entered, let place = timeline.place(of: handle.id, at: entered + 1)
    else { return "" }
    if place == 0 { return "; nothing was before it in the ready queue" }
    return
      "; \(counted(place, "handle")) \(place == 1 ? "was" : "were") before it in the ready queue"
  }

  private func creation(of task: FutureID) -> String {
    guard let created = timeline.future(task)?.created,
      case .taskCreated(_, _, _, let creator) = timeline.events[created].fact, creator != .none
    else { return "its task was made" }
    return "\(timeline.label(of: creator)) made its task"
  }

  /// How a future came to be done, as a clause.
  func resolution(of id: FutureID, for handle: Handle) -> String {
    guard let future = timeline.future(id) else { return "a future was resolved" }
    if future.isTask {
      if timeline.lane(future.lane) != nil, let resolved = future.resolved {
        let name = timeline.label(of: future.lane)
        switch timeline.state(of: future.lane, at: resolved + 1) {
        case .done: return "\(name) returned"
        case .failed: return "\(name) raised"
        case .cancelled: return "\(name) was cancelled"
        default: break
        }
      }
      return "the task \(timeline.label(of: id)) was done"
    }
    guard let resolved = future.resolved else { return "\(timeline.label(of: id)) was resolved" }
    if timeline.isStray(resolvedAt: resolved) { return timeline.strayClause(of: id) }
    let timer = timeline.timer(of: id)
    if timer == nil, runningHandle(at: resolved)?.callback == Callback(.setResult, id) {
      return "\(timeline.label(of: id)) was resolved"
    }
    if !timeline.members(of: id, at: resolved + 1).isEmpty {
      let isLate = timer?.began.map { $0 < resolved } ?? false
      return isLate
        ? "the time of \(timeline.sleep(of: id)) was up" : "\(timeline.label(of: id)) was done"
    }
    if timer != nil {
      return "\(timeline.sleep(of: id)) was \(future.outcome == .cancelled ? "cancelled" : "over")"
    }
    if let resource = timeline.resource(behind: id) {
      let name = timeline.label(of: resource.id)
      return future.outcome == .cancelled
        ? "\(actor(at: resolved)) took it out of the line for \(name)"
        : "\(actor(at: resolved)) gave it its turn at \(name)"
    }
    let verb = future.outcome == .cancelled ? "cancelled" : "resolved"
    return "\(actor(at: resolved)) \(verb) \(timeline.label(of: id))"
  }

  private func runningHandle(at event: Int) -> Handle? {
    timeline.handle(timeline.moment(at: event).handle)
  }

  /// Who did something: the coroutine on the loop, else what runs there.
  private func actor(at event: Int) -> String {
    let moment = timeline.moment(at: event)
    if moment.lane != .none { return timeline.label(of: moment.lane) }
    guard let handle = timeline.handle(moment.handle) else { return "the program" }
    return timeline.phrase(handle)
  }

  /// `in step 3`; between two steps, where it came from outside the loop, `after step 3`.
  func step(of event: Int) -> String {
    if let step = stepAround(event) { return "in step \(step)" }
    // A step begins with what came right before its handle.
    let begun = timeline.steps(at: event + 1)
    let isOver = handle(ofStep: begun)?.began.map { $0 <= event } ?? false
    let last = isOver ? begun : begun - 1
    return last > 0 ? "after step \(last)" : "before step 1"
  }

  /// The step whose handle ran when something came up.
  private func stepAround(_ event: Int) -> Int? {
    timeline.moment(at: event).handle == .none ? nil : timeline.steps(at: event)
  }

  private func handle(ofStep step: Int) -> Handle? {
    timeline.handle(ofStep: step).flatMap(timeline.handle)
  }
}
