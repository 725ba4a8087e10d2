import Trace

extension Timeline {
  /// Who cancelled a lane that a CancelledError has ended, and when: `main() in step 22`, `the callback
  /// TaskGroup._on_task_done in step 7`. That is whoever cancelled what the lane waited for last that was
  /// cancelled; nil where it waited for nothing yet, or the recording does not tell.
  func canceller(of lane: LaneID, before event: Int) -> String? {
    guard let cancelled = cancellation(of: lane, before: event, depth: 0) else { return nil }
    let moment = moment(at: cancelled + 1)
    guard moment.handle != .none, let handle = handle(moment.handle) else { return nil }
    let who = moment.lane == .none ? phrase(handle) : label(of: moment.lane)
    return "\(who) in step \(moment.step)"
  }

  /// The event by which a future was cancelled that the lane waited for, or that the lane waited for
  /// which it awaited directly.
  private func cancellation(of lane: LaneID, before event: Int, depth: Int) -> Int? {
    guard depth < linkLimit, let changes = changes(of: lane) else { return nil }
    for change in changes.prefix(changes.count(at: event)).suffix(Self.changesLookedAt).reversed() {
      switch events[change.event].fact {
      case .coroutineSuspended(_, let wait, _):
        guard let future = future(wait.future), future.outcome == .cancelled,
          let resolved = future.resolved, resolved < event
        else { continue }
        return resolved
      case .coroutineAwaited(let outer, let inner, _) where outer == lane:
        if let found = cancellation(of: inner, before: event, depth: depth + 1) { return found }
      default: continue
      }
    }
    return nil
  }

  /// A coroutine that is cancelled may yet wait for this and that to clean up.
  private static let changesLookedAt = 16
}
