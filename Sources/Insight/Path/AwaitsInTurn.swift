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
  /// What they need at least side by side: the longest of them, the time that all were on the loop, or that in
  /// which they held one lock.
  package let sideBySide: Int64
  /// Whether each had been made before the one before it was over, so that it needs nothing which that
  /// returned. Else they were awaited at one line, with other arguments each.
  package let wereMadeBefore: Bool

  package var saving: Int64 { elapsed &- sideBySide }
}

extension Timeline {
  /// The awaits on a path that came one after the other, those first that would save most. Left out is what
  /// would save less than a twentieth of the path's time. O(changes of the lanes on the path, of those that they
  /// awaited, and of the locks that those held).
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

    var events: Range<Int> { began..<ended + 1 }
  }

  /// What a lane did, with those that it awaited.
  private struct Use {
    /// How long they were on the loop, in nanoseconds.
    var onLoop: Int64
    /// For how long they held each lock.
    var held: [ResourceID: Int64] = [:]

    mutating func add(_ other: Use) {
      onLoop &+= other.onLoop
      held.merge(other.held) { $0 &+ $1 }
    }
  }

  private let timeline: Timeline
  private let events: Range<Int>
  private var uses: [LaneID: Use] = [:]

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
  /// it does not go on from there. A recorder may leave out arguments: then they may be others.
  private func mightHaveRun(_ next: Await, beside last: Await) -> Bool? {
    guard let one = timeline.lane(last.lane), let other = timeline.lane(next.lane) else {
      return nil
    }
    // The next may be awaited because the last one failed.
    guard timeline.state(of: last.lane, at: last.ended + 1) == .done else { return nil }
    if other.created < last.ended { return true }
    let (name, otherName) = (timeline.text(one.name), timeline.text(other.name))
    let isOneOfMany =
      one.site == other.site && last.line == next.line && last.line > 0
      && (name != otherName || name.contains("…"))
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
    var use = Use(onLoop: 0)
    for member in row {
      let end = timeline.time(at: min(member.events.upperBound, events.upperBound))
      elapsed.append(end - timeline.events[member.began].time)
      use.add(self.use(of: member))
    }
    let least = max(elapsed.max() ?? 0, use.onLoop, use.held.values.max() ?? 0)
    return AwaitsInTurn(
      lane: lane, members: row.map(\.lane), line: row[0].line, elapsed: elapsed.reduce(0, &+),
      sideBySide: least, wereMadeBefore: wereMadeBefore)
  }

  private mutating func use(of member: Await) -> Use {
    var all = [member]
    var awaited: [[LaneID]] = []
    var seen: Set<LaneID> = [member.lane]
    while awaited.count < all.count {
      let next = awaits(of: all[awaited.count].lane)
      all += next.filter { uses[$0.lane] == nil && seen.insert($0.lane).inserted }
      awaited.append(next.map(\.lane))
    }
    for (one, awaited) in zip(all, awaited).reversed() {
      var use = ownUse(of: one)
      for inner in awaited { uses[inner].map { use.add($0) } }
      uses[one.lane] = use
    }
    return uses[member.lane] ?? Use(onLoop: 0)
  }

  /// What a lane did while it was awaited.
  private func ownUse(of member: Await) -> Use {
    let range = member.began..<min(member.events.upperBound, events.upperBound)
    var use = Use(onLoop: 0)
    var since: Int64?
    for change in changes(of: member.lane, in: range) {
      let time = timeline.events[change.event].time
      if let start = since { use.onLoop &+= time - start }
      since = change.state == .running ? time : nil
    }
    if let since { use.onLoop &+= timeline.time(at: range.upperBound) - since }
    for held in timeline.timesHeld(by: member.lane, in: range) {
      use.held[held.resource] = held.time
    }
    return use
  }
}
