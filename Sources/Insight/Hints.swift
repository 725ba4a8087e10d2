package import Trace

/// What is no fault in itself, but what one looks for in a program that keeps it to itself.
package struct Hint: Equatable, Sendable {
  package enum Kind: String, Sendable {
    /// An exception ended coroutines and went no further: somebody caught it, or was given it as a value.
    case caught
    /// The coroutine that the run is the story of was over before this task was.
    case cutOff = "cut off"
  }

  package let kind: Kind
  /// Of the first time, with the lane and the event that ended it.
  package var finding: Finding
  /// How often it happened in the same way.
  package var count: Int
}

extension Timeline {
  /// What there is to hint at up to a cursor, in the order in which each came first.
  /// O(lanes × log changes).
  package func hints(at cursor: Int) -> [Hint] {
    (caught(at: cursor) + cutOff(at: cursor))
      .sorted { ($0.finding.event ?? 0) < ($1.finding.event ?? 0) }
  }

  /// Counts what is alike, and tells of the first.
  fileprivate func hints<Key: Hashable>(
    _ kind: Hint.Kind, of tally: Tally<Key>, first: [Key: Finding]
  ) -> [Hint] {
    tally.rows.compactMap { key, count in
      guard var finding = first[key] else { return nil }
      if count > 1 { finding.text += " (\(count) times)" }
      return Hint(kind: kind, finding: finding, count: count)
    }
  }

  // MARK: Caught

  /// Not told are cancellations, what ended the run, and what the loop complained of.
  private func caught(at cursor: Int) -> [Hint] {
    struct Key: Hashable {
      let exception: TextID
      let traceback: TextID
      let site: Site?
      let keeper: Site?
    }
    // Of each end, those with which its exceptions began, and of each of those the last: the outermost.
    var begun: [Int: [Int]] = [:]
    var last: [Int: Int] = [:]
    for event in ends(in: .failed, at: cursor) {
      let inner = raises(passedOnAt: event).flatMap { begun[$0] ?? [] }
      let first = inner.isEmpty ? [event] : inner
      begun[event] = first
      for first in first { last[first] = event }
    }
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
      let kept = keeper.map { "; \(label(of: $0.lane)) \($0.did)" } ?? ""
      first[key] = Finding(
        event: raised, lane: lane,
        text: "it raised \(text(exception))\(self.raised(in: traceback, of: lane))\(kept)",
        isFault: false)
    }
    return hints(.caught, of: tally, first: first)
  }

  /// The events that ended lanes in a state, as they stand.
  private func ends(in state: LaneState, at cursor: Int) -> [Int] {
    (0..<laneCount(at: cursor)).compactMap { place in
      change(of: laneID(at: place), at: cursor).flatMap { $0.state == state ? $0.event : nil }
    }.sorted()
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

  // MARK: Cut off

  /// Tasks that went on when the run's own coroutine returned, which `asyncio.run()` then cancels.
  private func cutOff(at cursor: Int) -> [Hint] {
    struct Key: Hashable {
      let site: Site
      let state: LaneState
    }
    guard let main = mainLane(at: cursor), let over = change(of: main, at: cursor),
      over.state == .done
    else { return [] }
    var tally = Tally<Key>()
    var first: [Key: Finding] = [:]
    for place in 0..<laneCount(at: over.event) {
      let id = laneID(at: place)
      guard let end = change(of: id, at: cursor), end.state == .cancelled, end.event > over.event,
        let lane = lane(id), lane.taskCreated ?? .max < over.event,
        let before = change(of: id, at: over.event), !before.state.isOver
      else { continue }
      let key = Key(site: lane.site, state: before.state)
      tally.add(key)
      guard first[key] == nil else { continue }
      let words = stateWords(of: id, at: over.event)
      first[key] = Finding(
        event: end.event, lane: id,
        text: "it was \(words) when \(label(of: main)) was over, and was cancelled",
        isFault: false)
    }
    return hints(.cutOff, of: tally, first: first)
  }
}
