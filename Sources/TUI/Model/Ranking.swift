package import Trace

/// The lanes in the order of a column, kept from one picture to the next: only those to which
/// something has happened in between are put in their places anew.
package struct Ranking: Equatable, Sendable {
  private struct Entry: Equatable {
    /// Which lane it is, in the order of creation.
    let place: Int
    /// How many changes of the lane the key is made from.
    var changes = 0
    /// Whether the key grows while nothing happens.
    var isRunning = false
    var key = 0.0
  }

  let order: LaneList.Order
  private var entries: [Entry] = []

  package init(by order: LaneList.Order) { self.order = order }

  /// O(lanes).
  package func lanes(of timeline: Timeline) -> [LaneID] {
    entries.map { timeline.laneID(at: $0.place) }
  }

  /// Goes to the order at a cursor.
  ///
  /// - Complexity: O(lanes + n × (log lanes + changes)) for n lanes to which something has happened.
  package mutating func update(_ timeline: Timeline, cursor: Int) {
    let count = timeline.laneCount(at: cursor)
    let former = entries.count
    var kept: [Entry] = []
    var moved: [Entry] = []
    kept.reserveCapacity(count)
    for var entry in entries where entry.place < count {
      if refresh(&entry, timeline, cursor) { moved.append(entry) } else { kept.append(entry) }
    }
    for place in min(former, count)..<count {
      var entry = Entry(place: place)
      _ = refresh(&entry, timeline, cursor)
      moved.append(entry)
    }
    moved.sort { precedes($0, $1, timeline) }
    entries = kept.merged(with: moved) { precedes($0, $1, timeline) }
  }

  /// Makes a lane's key again where it may have changed.
  ///
  /// - Returns: whether it was made again.
  private func refresh(_ entry: inout Entry, _ timeline: Timeline, _ cursor: Int) -> Bool {
    // A name never changes.
    if order == .name || order == .tree { return false }
    let count = timeline.changeCount(ofLaneAt: entry.place, at: cursor, near: entry.changes)
    guard count != entry.changes || entry.isRunning && order == .busy,
      let changes = timeline.changes(of: timeline.laneID(at: entry.place)), count > 0
    else { return false }
    let state = changes[count - 1].state
    entry.isRunning = state == .running
    entry.changes = count
    entry.key =
      order == .state
      ? Double(state.urgency)
      : -timeline.busyness(of: changes.prefix(count), at: cursor)
    return true
  }

  private func precedes(_ a: Entry, _ b: Entry, _ timeline: Timeline) -> Bool {
    if a.key != b.key { return a.key < b.key }
    if order == .name {
      let (first, second) = (timeline.name(ofLaneAt: a.place), timeline.name(ofLaneAt: b.place))
      if first != second { return first < second }
    }
    return a.place < b.place
  }
}

extension Timeline {
  /// Its name, with its arguments; several lanes may have the same.
  fileprivate func name(ofLaneAt place: Int) -> String {
    lane(laneID(at: place)).map { text($0.name) } ?? ""
  }

  /// How much a lane has run: nanoseconds, and where a virtual clock makes those 0, how often.
  fileprivate func busyness(of changes: LaneChanges.SubSequence, at cursor: Int) -> Double {
    var busyness: Int64 = 0
    for place in changes.indices where changes[place].state == .running {
      let next = place + 1 < changes.endIndex ? changes[place + 1].event + 1 : cursor
      busyness += time(at: next) - events[changes[place].event].time + 1
    }
    return Double(busyness)
  }
}

extension LaneState {
  /// Where it stands in a list sorted by state: what moves first, what is over last.
  package var urgency: Int {
    switch self {
    case .running: 0
    case .ready: 1
    case .awaiting: 2
    case .waiting: 3
    case .sleeping: 4
    case .pending: 5
    case .unknown: 6
    case .failed, .neverAwaited, .unfinished: 7
    case .cancelled: 8
    case .done: 9
    }
  }
}

extension Array {
  /// Two sorted arrays as one. O(count + n × log count) for n others.
  fileprivate func merged(
    with others: [Element], by precedes: (Element, Element) -> Bool
  ) -> [Element] {
    var merged: [Element] = []
    merged.reserveCapacity(count + others.count)
    var start = 0
    for other in others {
      let end = (start..<count).partition { !precedes(other, self[$0]) }
      merged += self[start..<end]
      merged.append(other)
      start = end
    }
    return merged + self[start...]
  }
}
