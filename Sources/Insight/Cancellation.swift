import Trace

/// How it came that a CancelledError ended a lane.
struct Cancellation {
  /// `by main() in step 22`, `from outside the loop after step 3`.
  let source: String
  /// Whose end a callback answered that cancelled it: `fetch(3) raised`.
  let cause: String?
}

extension Timeline {
  /// How a lane was cancelled that a CancelledError has ended. That is told of whoever cancelled what the
  /// lane waited for last that was cancelled; nil where it waited for nothing yet, or the recording
  /// does not tell.
  func cancellation(of lane: LaneID, before event: Int) -> Cancellation? {
    guard !tellsNoSteps, let cancelled = cancelledWait(of: lane, before: event, depth: 0)
    else { return nil }
    let reasons = StepReasons(timeline: self)
    let when = reasons.step(of: cancelled)
    let moment = moment(at: cancelled + 1)
    guard moment.handle != .none, let handle = handle(moment.handle) else {
      // asyncio.run() at its end, or what handles a Ctrl-C.
      return Cancellation(source: "from outside the loop \(when)", cause: nil)
    }
    guard moment.lane == .none else {
      return Cancellation(source: "by \(label(of: moment.lane)) \(when)", cause: nil)
    }
    let answers = handle.cause.kind == .futureResolved && handle.callback.kind != .wakeup
    return Cancellation(
      source: "by \(phrase(handle)) \(when)",
      cause: answers ? reasons.resolution(of: handle.cause.future, for: handle) : nil)
  }

  /// The event by which a future was cancelled that the lane waited for, or that the lane waited for
  /// which it awaited directly.
  private func cancelledWait(of lane: LaneID, before event: Int, depth: Int) -> Int? {
    guard depth < linkLimit, let changes = changes(of: lane) else { return nil }
    for change in changes.prefix(changes.count(at: event)).suffix(Self.changesLookedAt).reversed() {
      switch events[change.event].fact {
      case .coroutineSuspended(_, let wait, _):
        guard let future = future(wait.future), future.outcome != .result,
          let resolved = future.resolved, resolved < event
        else { continue }
        if let found = cancelledMember(of: wait.future, before: resolved + 1, depth: depth + 1) {
          return found
        }
        if future.outcome == .cancelled { return resolved }
      case .coroutineAwaited(let outer, let inner, _) where outer == lane:
        if let found = cancelledWait(of: inner, before: event, depth: depth + 1) { return found }
      default: continue
      }
    }
    return nil
  }

  /// The same for a task, or the members of a gather: whoever cancels it cancels what they wait for, and
  /// it is cancelled itself when they have ended by that.
  private func cancelledMember(of future: FutureID, before event: Int, depth: Int) -> Int? {
    let isTask = self.future(future)?.isTask == true
    for member in isTask ? [future] : members(of: future, at: event) {
      guard let lane = self.future(member)?.lane, lane != .none,
        state(of: lane, at: event) == .cancelled
      else { continue }
      return cancelledWait(of: lane, before: event, depth: depth)
    }
    return nil
  }

  /// A coroutine that is cancelled may yet wait for this and that to clean up.
  private static let changesLookedAt = 16
}
