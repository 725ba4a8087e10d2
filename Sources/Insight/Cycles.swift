package import Trace

/// Says who waits for one another in a circle that leads over a lock: a deadlock, whatever the rest
/// of the program goes on doing. ``standstill(at:in:sources:)`` knows of other circles too, once
/// nothing else goes on.
///
/// This is asked for each frame: it looks at 400 locks and the like at most, and at 500 lanes from
/// the holder of each.
///
/// - Returns: one reason a circle. Its event is the one that closed it.
package func cycles(at cursor: Int, in timeline: Timeline) -> [Explanation.Reason] {
  let reasons = StateReasons(timeline: timeline, cursor: cursor)
  var found: [Explanation.Reason] = []
  var seen: Set<LaneID> = []
  for resource in timeline.resources(at: cursor, limit: 400) {
    guard let holder = timeline.state(of: resource.id, at: cursor)?.holder, holder != .none,
      timeline.state(of: holder, at: cursor).isSuspended,
      let cycle = reasons.cycle(from: holder, limit: 500), seen.isDisjoint(with: cycle)
    else { continue }
    seen.formUnion(cycle)
    var reason = reasons.reason(forCycle: cycle)
    reason.event = cycle.compactMap { timeline.change(of: $0, at: cursor)?.event }.max()
    found.append(reason)
  }
  return found
}
