extension Timeline {
  /// The number of lanes that were created among the first `cursor` events. O(log lanes).
  package func laneCount(at cursor: Int) -> Int {
    lanes.records.prefixCount { Int($0.created) < cursor }
  }

  package var laneCount: Int { lanes.records.count }

  /// The lane at a place in the order of creation, from 0.
  package func laneID(at place: Int) -> LaneID {
    LaneID(lanes.identities.identity(at: place))
  }

  /// The lanes that were created among the first `cursor` events, in the order of creation. O(lanes).
  package func laneIDs(at cursor: Int = .max) -> [LaneID] {
    (0..<laneCount(at: cursor)).map(laneID(at:))
  }

  /// The place of a lane in the order of creation, from 0; nil where no creation introduced it. O(1), or
  /// O(log gaps) where identities have gaps.
  package func place(of id: LaneID) -> Int? { lanes.index(of: id) }

  /// - Returns: nil for an identity that no creation introduced.
  package func lane(_ id: LaneID) -> Lane? {
    guard let index = lanes.index(of: id) else { return nil }
    let record = lanes.records[index]
    guard case .coroutineCreated(_, let name, let parent, let site) = fact(record.created) else {
      return nil
    }
    var lane = Lane(
      id: id, name: name, parent: parent, site: site, origin: origin(of: id, after: record.created),
      created: Int(record.created),
      task: futures.future(at: record.task), awaitedBy: lanes.lane(at: record.awaiter))
    if record.awaiter != .absent { lane.awaited = Int(record.awaited) }
    if record.task != .absent {
      lane.taskCreated = Int(futures.records[Int(record.task)].created)
    }
    return lane
  }

  private func origin(of id: LaneID, after created: UInt32) -> Site {
    let following = Int(created) + 1
    guard following < events.count,
      case .coroutineOrigin(id, let site) = events[following].fact
    else { return .unknown }
    return site
  }

  /// The state of a lane, `.unknown` where there is no such lane yet. O(log changes).
  package func state(of id: LaneID, at cursor: Int) -> LaneState {
    change(of: id, at: cursor)?.state ?? .unknown
  }

  /// The change that brought the state which holds at a cursor. O(log changes).
  ///
  /// - Returns: nil where there is no such lane yet.
  package func change(of id: LaneID, at cursor: Int) -> LaneChange? {
    guard let index = lanes.index(of: id) else { return nil }
    return change(ofLaneAt: index, at: cursor)
  }

  func change(ofLaneAt index: Int, at cursor: Int) -> LaneChange? {
    let changes = lanes.records[index].changes
    let last = changes[changes.count - 1]
    if last.event < cursor { return sweeps.changes(after: last, at: cursor).last ?? last }
    let count = changes.prefixCount { $0.event < cursor }
    return count > 0 ? changes[count - 1] : nil
  }

  /// All changes of a lane. O(log losses).
  package func changes(of id: LaneID) -> LaneChanges? {
    guard let index = lanes.index(of: id) else { return nil }
    let record = lanes.records[index]
    return LaneChanges(stored: record.changes, swept: sweeps.changes(after: record.last))
  }

  /// The exception that ended a lane, and the event in which it did; nil for one that ended otherwise, or has not
  /// yet. O(log changes).
  package func failure(
    of id: LaneID, at cursor: Int
  ) -> (event: Int, exception: TextID, traceback: TextID)? {
    guard let change = change(of: id, at: cursor),
      case .coroutineRaised(id, let exception, let traceback) = events[change.event].fact
    else { return nil }
    return (change.event, exception, traceback)
  }

  /// The line at which a lane's code last gave up control, raised what it ended with, or was created; 0
  /// where unknown.
  package func line(of id: LaneID, at cursor: Int) -> UInt32 {
    guard let index = lanes.index(of: id) else { return 0 }
    let changes = lanes.records[index].changes
    for change in changes[..<changes.prefixCount { $0.event < cursor }].reversed() {
      switch fact(change.index) {
      case .coroutineSuspended(let lane, _, let line) where lane == id && line > 0: return line
      case .coroutineAwaited(let lane, _, let line) where lane == id && line > 0: return line
      case .coroutineRaised(let lane, _, let traceback) where lane == id && traceback != .empty:
        if let line = stack(traceback).last?.line { return line }
      case .coroutineCreated(_, _, _, let site): return site.line
      default: continue
      }
    }
    return 0
  }

  /// How long and how often a lane was in each state up to a cursor. O(changes).
  package func durations(of id: LaneID, at cursor: Int) -> StateDurations {
    var durations = StateDurations()
    guard let changes = changes(of: id) else { return durations }
    var previous: (state: LaneState, time: Int64)?
    for change in changes {
      if change.event >= cursor { break }
      let time = events[change.event].time
      if let previous { durations.add(time - previous.time, in: previous.state) }
      durations.enter(change.state)
      previous = (change.state, time)
    }
    if let previous { durations.add(time(at: cursor) - previous.time, in: previous.state) }
    return durations
  }

  /// Whether a lane has come to its end without a fault: it returned, or was cancelled. O(1).
  package func isOverWithoutFault(_ id: LaneID, at cursor: Int) -> Bool {
    guard let last = lanes.index(of: id).map({ lanes.records[$0].last }) else { return false }
    return (last.state == .done || last.state == .cancelled) && last.event < cursor
  }

  /// Which lane created one, in the order of creation; nil for the first, and where it is unknown.
  package func placeOfParent(ofLaneAt place: Int) -> Int? {
    guard case .coroutineCreated(_, _, let parent, _) = fact(lanes.records[place].created) else {
      return nil
    }
    return lanes.index(of: parent)
  }

  /// How many changes of a lane lie among the first `cursor` events: O(1) if as many as is guessed,
  /// else O(log changes).
  package func changeCount(ofLaneAt place: Int, at cursor: Int, near guess: Int) -> Int {
    let stored = lanes.records[place].changes
    if sweeps.isEmpty(at: cursor), guess > 0, guess <= stored.count,
      stored[guess - 1].event < cursor, guess == stored.count || stored[guess].event >= cursor
    {
      return guess
    }
    return changes(of: laneID(at: place))?.count(at: cursor) ?? 0
  }

  func fact(_ event: UInt32) -> Fact { events[Int(event)].fact }
}
