package import Trace

/// An exception that ended coroutines and went no further, since somebody caught it, or was given it as a value:
/// no fault, but where one looks for what a program keeps to itself.
package struct Caught: Equatable, Sendable {
  /// The first time, with the lane that raised it and the event in which it did.
  package var finding: Finding
  /// How often it happened: the same exception at the same place, kept by the same function.
  package var count: Int
}

extension Timeline {
  /// What ended coroutines up to a cursor and was caught, in the order in which each was raised first. Not told are
  /// cancellations, what ended the run, and what the loop complained of. O(lanes × depth × log changes).
  package func caught(at cursor: Int) -> [Caught] {
    var last: [Int: Int] = [:]
    var failures: [Int] = []
    for place in 0..<laneCount(at: cursor) {
      guard let change = change(of: laneID(at: place), at: cursor), change.state == .failed,
        case .coroutineRaised = events[change.event].fact
      else { continue }
      failures.append(change.event)
    }
    failures.sort()
    // Where each came from stands before it, so that the last to be told of one is the outermost.
    for event in failures { last[firstRaise(behind: event) ?? event] = event }
    let reported = reportedLanes(at: cursor)
    let fault = lastRaiseOfFault(at: cursor)
    var tally = Tally<Key>()
    var first: [Key: Finding] = [:]
    for (raised, end) in last.sorted(by: { $0.key < $1.key }) {
      guard case .coroutineRaised(let lane, let exception, let traceback) = events[raised].fact,
        case .coroutineRaised(let outermost, _, _) = events[end].fact,
        !reported.contains(outermost), end != fault
      else { continue }
      let keeper = keeper(of: outermost, at: end)
      let key = Key(
        exception: exception, traceback: traceback, site: self.lane(lane)?.site,
        keeper: keeper.flatMap { self.lane($0.lane)?.site })
      tally.add(key)
      guard first[key] == nil else { continue }
      first[key] = Finding(
        event: raised, lane: lane,
        text: "it raised \(text(exception))\(self.raised(in: traceback, of: lane))"
          + (keeper.map { "; \(label(of: $0.lane)) \($0.did)" } ?? ""),
        isFault: false)
    }
    return tally.rows.compactMap { key, count in
      first[key].map { finding in
        var finding = finding
        if count > 1 { finding.text += " (\(count) times)" }
        return Caught(finding: finding, count: count)
      }
    }
  }

  private struct Key: Hashable {
    let exception: TextID
    let traceback: TextID
    let site: Site?
    let keeper: Site?
  }

  /// Who did not let an exception through that ended a lane.
  private func keeper(of lane: LaneID, at event: Int) -> (lane: LaneID, did: String)? {
    if let awaiter = awaiter(of: lane, at: event) { return (awaiter, "caught it") }
    return waiters(of: lane, at: event).first.map { ($0, "was told") }
  }

  private func reportedLanes(at cursor: Int) -> Set<LaneID> {
    var lanes: Set<LaneID> = []
    for list in complaintLists {
      for event in list.prefix(list.count(at: cursor)) {
        if case .exceptionReported(_, let lane) = events[event].fact { lanes.insert(lane) }
      }
    }
    return lanes
  }
}
