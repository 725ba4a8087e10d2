package import Trace

/// Says who waits for one another in a circle that leads over a lock, or over tasks: a deadlock, whatever
/// the rest of the program goes on doing. ``standstill(at:in:sources:)`` knows of other circles too, once
/// nothing else goes on.
///
/// This is asked for each frame: it looks at 400 locks and the like at most, at 64 circles of tasks,
/// and at 500 lanes from each.
///
/// - Returns: one reason a circle. Its event is the one that closed it.
package func cycles(at cursor: Int, in timeline: Timeline) -> [Explanation.Reason] {
  let reasons = StateReasons(timeline: timeline, cursor: cursor)
  var found: [Explanation.Reason] = []
  var seen: Set<LaneID> = []
  let holders = timeline.resources(at: cursor, limit: 400).compactMap {
    timeline.state(of: $0.id, at: cursor)?.holder
  }
  for lane in holders + timeline.circleEnds(at: cursor) {
    guard lane != .none, timeline.state(of: lane, at: cursor).isSuspended,
      let cycle = reasons.cycle(from: lane, limit: 500), seen.isDisjoint(with: cycle)
    else { continue }
    seen.formUnion(cycle)
    var reason = reasons.reason(forCycle: cycle)
    reason.event = cycle.compactMap { timeline.change(of: $0, at: cursor)?.event }.max()
    found.append(reason)
  }
  return found
}
