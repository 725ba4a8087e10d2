package import Trace

/// What a lane's time went to: the chain of causes from where it stands back to its creation.
///
/// Its parts lie end to end, each the cause of the next. Had one of them been shorter, the lane would
/// have come here sooner; whatever else went on meanwhile made no difference.
package struct CriticalPath: Sendable {
  package struct Part: Equatable, Sendable {
    /// Whose time it was; `.none` for a callback's, and for what came from outside the loop.
    package let lane: LaneID
    /// The lane in whose row it shows: that, or the one that waited for what a callback did.
    package let row: LaneID
    /// `.running` or `.ready`, `.sleeping`, `.waiting` or `.awaiting` as the lane was; `.pending`
    /// before its first step; `.unknown` for what the run does not tell.
    package let state: LaneState
    /// The index of the event with which it began, and of that with which it was over: at the end of the
    /// path that may be the next, which has not happened.
    package let events: Range<Int>
    /// In nanoseconds since the start of the run.
    package let times: Range<Int64>
    /// The handle that ran, that stood in the ready queue, or whose deadline came.
    package let handle: HandleID
    /// The index of the event that brought the state: one before ``events`` where the path begins amid it.
    package let cause: Int

    package var nanoseconds: Int64 { times.upperBound - times.lowerBound }
  }

  package let lane: LaneID
  /// In the order in which they came. Parts of no time are among them.
  package let parts: [Part]
  /// The index of the event with which it begins: the lane's creation, a loss of events, or where it was not
  /// followed any further.
  package let origin: Int
  /// Why it does not go back to the lane's creation.
  package let cut: Cut?

  package enum Cut: Sendable {
    /// Events were lost.
    case loss
    /// It has more parts than were to be followed.
    case limit
  }

  /// From its beginning to its end, in nanoseconds since the start of the run.
  package var times: Range<Int64> {
    guard let first = parts.first, let last = parts.last else { return 0..<0 }
    return first.times.lowerBound..<last.times.upperBound
  }

  package var nanoseconds: Int64 { times.upperBound - times.lowerBound }
}

extension Timeline {
  /// What a lane's time went to, up to a cursor. O(parts × log events).
  ///
  /// - Parameters:
  ///   - now: the moment shown, where time has passed since the last event.
  ///   - limit: of how many parts it is followed back, about.
  /// - Returns: nil where there is no such lane yet, and for a run that tells no steps.
  package func criticalPath(
    of lane: LaneID, at cursor: Int, now: Int64? = nil, limit: Int = .max
  ) -> CriticalPath? {
    guard !tellsNoSteps, let created = self.lane(lane)?.created, created < cursor else {
      return nil
    }
    var walk = PathWalk(self, lane, from: created, cursor: cursor, now: now ?? time(at: cursor))
    while !walk.isOver, walk.partCount < limit { walk.goBack() }
    return walk.path
  }

  /// Why no lane has a path, in a sentence; nil where lanes have one.
  package var reasonForNoPath: String? {
    guard laneCount > 0 else { return "The program made no coroutine." }
    return tellsNoSteps ? "The recording tells no steps, and so not what led to what." : nil
  }

  /// The lane of which a run is the story, as far as it goes: of those that nobody's code made, the one that
  /// lived longest. O(lanes).
  package func mainLane(at cursor: Int) -> LaneID? {
    var found: (lane: LaneID, life: Int64)?
    for place in 0..<laneCount(at: cursor) where placeOfParent(ofLaneAt: place) == nil {
      let id = laneID(at: place)
      guard let lane = lane(id), let change = change(of: id, at: cursor) else { continue }
      let end = change.state.isOver ? events[change.event].time : time(at: cursor)
      let life = end - events[lane.created].time
      if found == nil || life > found?.life ?? 0 { found = (id, life) }
    }
    return found?.lane
  }
}
