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
    let ends = (0..<laneCount(at: cursor)).compactMap { place in
      failure(of: laneID(at: place), at: cursor)?.event
    }
    for event in ends.sorted() {
      let inner = raises(passedOnAt: event).flatMap { begun[$0] ?? [] }
      let first = inner.isEmpty ? [event] : inner
      begun[event] = first
      for first in first { last[first] = event }
    }
    let fault = lastRaiseOfFault(at: cursor)
    var alike = Alike<Key>()
    for (raised, end) in last.sorted(by: { $0.key < $1.key }) {
      guard case .coroutineRaised(let lane, let exception, let traceback) = events[raised].fact,
        case .coroutineRaised(let outermost, _, _) = events[end].fact,
        end != fault, !isReported(outermost, at: cursor)
      else { continue }
      let keeper = keeper(of: outermost, at: end)
      let key = Key(
        exception: exception, traceback: traceback, site: self.lane(lane)?.site,
        keeper: keeper.flatMap { self.lane($0.lane)?.site })
      alike.add(key) {
        let kept = keeper.map { "; \(label(of: $0.lane)) \($0.did)" } ?? ""
        return Finding(
          event: raised, lane: lane,
          text: "it raised \(text(exception))\(self.raised(in: traceback, of: lane))\(kept)",
          isFault: false)
      }
    }
    return alike.hints(.caught)
  }

  /// Who did not let an exception through that ended a lane.
  private func keeper(of lane: LaneID, at event: Int) -> (lane: LaneID, did: String)? {
    if let awaiter = awaiter(of: lane, at: event) { return (awaiter, "caught it") }
    return waiters(of: lane, at: event).first.map { ($0, "was told") }
  }

  private func isReported(_ lane: LaneID, at cursor: Int) -> Bool {
    complaints(about: lane).contains { event in
      if case .exceptionReported = events[event].fact { return event < cursor }
      return false
    }
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
    var alike = Alike<Key>()
    for place in 0..<laneCount(at: over.event) {
      let id = laneID(at: place)
      guard let end = change(of: id, at: cursor), end.state == .cancelled, end.event > over.event,
        let lane = lane(id), lane.taskCreated ?? .max < over.event,
        let before = change(of: id, at: over.event), !before.state.isOver
      else { continue }
      alike.add(Key(site: lane.site, state: before.state)) {
        let words = stateWords(of: id, at: over.event)
        return Finding(
          event: end.event, lane: id,
          text: "it was \(words) when \(label(of: main)) was over, and was cancelled",
          isFault: false)
      }
    }
    return alike.hints(.cutOff)
  }
}

/// Counts what is alike, and tells of the first.
private struct Alike<Key: Hashable> {
  private var tally = Tally<Key>()
  private var first: [Finding] = []

  mutating func add(_ key: Key, _ finding: () -> Finding) {
    tally.add(key)
    // A key that is new has made a row.
    if tally.rows.count > first.count { first.append(finding()) }
  }

  func hints(_ kind: Hint.Kind) -> [Hint] {
    zip(tally.rows, first).map { row, finding in
      var finding = finding
      if row.count > 1 { finding.text += " (\(row.count) times)" }
      return Hint(kind: kind, finding: finding, count: row.count)
    }
  }
}
