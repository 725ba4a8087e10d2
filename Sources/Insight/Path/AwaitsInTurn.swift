package import Trace

/// Coroutines that one lane awaited directly, each after the one before it was over, although they might
/// have run side by side.
package struct AwaitsInTurn: Equatable, Sendable {
  /// The lane that awaited them.
  package let lane: LaneID
  package let members: [LaneID]
  /// The line at which the first was awaited, 0 where unknown.
  package let line: UInt32
  /// From each one's await to its end, together, in nanoseconds.
  package let elapsed: Int64
  /// The least that they need side by side: the longest of them, or the time that all were on the loop.
  package let sideBySide: Int64
  /// Whether each had been made before the one before it was over, so that it needs nothing which that
  /// returned. Else they were awaited at one line, with other arguments each.
  package let wereMadeBefore: Bool

  package var saving: Int64 { elapsed &- sideBySide }
}

extension Timeline {
  /// The awaits on a path that came one after the other, those first that would save most. Left out is what
  /// would save less than a twentieth of the path's time. O(changes of the lanes on the path, and of those
  /// that they awaited).
  package func awaitsInTurn(on path: CriticalPath, at cursor: Int) -> [AwaitsInTurn] {
    let end = min(cursor, path.parts.last?.events.upperBound ?? 0)
    var awaits = DirectAwaits(self, in: min(path.origin, end)..<end)
    let least = max(1, path.nanoseconds / 20)
    return lanes(on: path).flatMap { awaits.inTurn(by: $0) }
      .filter { $0.saving >= least }
      .sorted { ($1.saving, $0.lane.rawValue) < ($0.saving, $1.lane.rawValue) }
  }

  /// The lanes whose time the path is, and those that awaited them.
  private func lanes(on path: CriticalPath) -> Set<LaneID> {
    var found: Set<LaneID> = []
    var rest = path.parts.map(\.lane) + [path.lane]
    while let lane = rest.popLast() {
      guard lane != .none, found.insert(lane).inserted else { continue }
      if let awaiter = self.lane(lane)?.awaitedBy { rest.append(awaiter) }
    }
    return found
  }
}

/// Whom lanes came to await directly within some events.
private struct DirectAwaits {
  private struct Await {
    var lane: LaneID
    var began: Int
    /// The event in which the awaited lane was over.
    var ended: Int
    var line: UInt32
  }

  private let timeline: Timeline
  private let events: Range<Int>
  private var timesOnLoop: [LaneID: Int64] = [:]

  init(_ timeline: Timeline, in events: Range<Int>) {
    self.timeline = timeline
    self.events = events
  }

  /// The longest rows of awaits of a lane that might have run side by side.
  mutating func inTurn(by lane: LaneID) -> [AwaitsInTurn] {
    var found: [AwaitsInTurn] = []
    var row: [Await] = []
    var wereMadeBefore = true
    for next in awaits(of: lane) {
      if let last = row.last, last.ended < next.began,
        !isSuspended(lane, in: last.ended..<next.began),
        let isMadeBefore = mightHaveRun(next, beside: last)
      {
        wereMadeBefore = wereMadeBefore && isMadeBefore
        row.append(next)
      } else {
        if row.count > 1 { found.append(inTurn(lane, row, wereMadeBefore)) }
        row = [next]
        wereMadeBefore = true
      }
    }
    if row.count > 1 { found.append(inTurn(lane, row, wereMadeBefore)) }
    return found
  }

  private func awaits(of lane: LaneID) -> [Await] {
    changes(of: lane, in: events).compactMap { change in
      guard case .coroutineAwaited(lane, let inner, let line) = timeline.events[change.event].fact,
        timeline.lane(inner)?.awaited == change.event
      else { return nil }
      let end = timeline.change(of: inner, at: events.upperBound)
      return Await(
        lane: inner, began: change.event,
        ended: end.flatMap { $0.state.isEnded ? $0.event : nil } ?? events.upperBound, line: line)
    }
  }

  private func changes(of lane: LaneID, in events: Range<Int>) -> [LaneChange] {
    guard let changes = timeline.changes(of: lane) else { return [] }
    return Array(
      changes[changes.count(at: events.lowerBound)..<changes.count(at: events.upperBound)])
  }

  /// Whether one was made before the one before it was over; nil where neither that nor its name says that
  /// it does not go on from there.
  private func mightHaveRun(_ next: Await, beside last: Await) -> Bool? {
    guard let one = timeline.lane(last.lane), let other = timeline.lane(next.lane) else {
      return nil
    }
    if other.created < last.ended { return true }
    let isOneOfMany =
      one.site == other.site && last.line == next.line && last.line > 0
      && timeline.text(one.name) != timeline.text(other.name)
    return isOneOfMany ? false : nil
  }

  /// Whether a lane waited for something of its own in between.
  private func isSuspended(_ lane: LaneID, in events: Range<Int>) -> Bool {
    changes(of: lane, in: events).contains { $0.state.isSuspended }
  }

  private mutating func inTurn(
    _ lane: LaneID, _ row: [Await], _ wereMadeBefore: Bool
  ) -> AwaitsInTurn {
    var elapsed: [Int64] = []
    var onLoop: Int64 = 0
    for member in row {
      let end = timeline.time(at: min(member.ended + 1, events.upperBound))
      elapsed.append(end - timeline.events[member.began].time)
      onLoop &+= timeOnLoop(of: member.lane)
    }
    return AwaitsInTurn(
      lane: lane, members: row.map(\.lane), line: row[0].line, elapsed: elapsed.reduce(0, &+),
      sideBySide: max(elapsed.max() ?? 0, onLoop), wereMadeBefore: wereMadeBefore)
  }

  /// How long a lane and those that it awaited were on the loop, in nanoseconds.
  private mutating func timeOnLoop(of lane: LaneID) -> Int64 {
    var lanes = [lane]
    var awaited: [[LaneID]] = []
    var seen: Set<LaneID> = [lane]
    while awaited.count < lanes.count {
      let next = awaits(of: lanes[awaited.count]).map(\.lane)
      lanes += next.filter { timesOnLoop[$0] == nil && seen.insert($0).inserted }
      awaited.append(next)
    }
    for (lane, awaited) in zip(lanes, awaited).reversed() {
      let own = timeline.durations(of: lane, at: events.upperBound).nanoseconds(in: .running)
      timesOnLoop[lane] = awaited.reduce(own) { $0 &+ timesOnLoop[$1, default: 0] }
    }
    return timesOnLoop[lane, default: 0]
  }
}
