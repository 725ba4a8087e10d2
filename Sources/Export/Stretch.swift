import Trace

/// A time during which a lane was in one state.
struct Stretch {
  let state: LaneState
  /// Index of the event that brought the state.
  let start: Int
  /// Index of the event that ended it; the number of events, if nothing did.
  let end: Int
}

extension Timeline {
  /// The states of a lane one after the other, over the whole run. O(changes).
  func stretches(of lane: LaneID) -> [Stretch] {
    guard let changes = changes(of: lane) else { return [] }
    return changes.indices.map { place in
      let next = place + 1 < changes.endIndex ? changes[place + 1].event : events.count
      return Stretch(state: changes[place].state, start: changes[place].event, end: next)
    }
  }
}
