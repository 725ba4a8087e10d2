import Trace

/// The first thing that a lane did otherwise in the other run.
package struct LaneDifference: Equatable, Sendable {
  package var pair: LaneWork.Pair
  /// Indexes of the events, nil where it did nothing more.
  package var events: Comparison.Pair<Int>

  /// O(events).
  static func all(
    in pairs: some Collection<LaneWork.Pair>, _ a: inout Reading, _ b: inout Reading
  ) -> [Self] {
    guard !pairs.isEmpty else { return [] }
    let ours = a.stories(of: pairs.map(\.a))
    let theirs = b.stories(of: pairs.map(\.b))
    return pairs.enumerated().map { place, pair in
      let (ours, theirs) = (ours[place], theirs[place])
      let limit = min(ours.count, theirs.count)
      let first = (0..<limit).first { ours[$0].key != theirs[$0].key } ?? limit
      return Self(
        pair: pair,
        events: Comparison.Pair(
          first < ours.count ? ours[first].event : nil,
          first < theirs.count ? theirs[first].event : nil))
    }
  }
}

extension Reading {
  /// What some lanes did, each for itself.
  fileprivate mutating func stories(of lanes: [LaneID]) -> [[(key: UInt64, event: Int)]] {
    var places: [LaneID: Int] = [:]
    for (place, lane) in lanes.enumerated() { places[lane] = place }
    var stories = [[(key: UInt64, event: Int)]](repeating: [], count: lanes.count)
    for (index, event) in timeline.events.enumerated() {
      guard let lane = event.fact.doer, let place = places[lane], let deed = deed(event.fact)
      else { continue }
      stories[place].append((deed, index))
    }
    return stories
  }
}
