package import Trace

/// Says that nothing can happen any more at a cursor: every coroutine waits, no handle is ready, no
/// timer is set, and nothing is known that could wake one from outside. A deadlock, mostly.
///
/// Certain is what the recording says. Where it says nothing, as older ones do, a circle of coroutines
/// that wait for one another is believed of any program; for the rest the program's own text must be
/// known, and name nothing from outside.
///
/// - Parameter sources: the program's files; asked for only where all else stands still.
/// - Returns: nil where something may still happen. The event is the last that did.
package func standstill(
  at cursor: Int, in timeline: Timeline, sources: @autoclosure () -> [RunHeader.SourceText]
) -> Explanation.Reason? {
  standstill(at: cursor, in: timeline) { Outside.isUnnamed(in: sources()) }
}

private func standstill(
  at cursor: Int, in timeline: Timeline, isUnnamed: () -> Bool
) -> Explanation.Reason? {
  let isCertain = timeline.standsStill(at: cursor)
  guard
    let waiting = isCertain ? timeline.allSuspended(at: cursor) : timeline.allWaiting(at: cursor)
  else { return nil }
  let reasons = StateReasons(timeline: timeline, cursor: cursor)
  if let circle = reasons.cycle(fromAnyOf: waiting) {
    var reason = reasons.reason(forCycle: circle)
    reason.event = cursor - 1
    return reason
  }
  guard let first = waiting.first, isCertain || isUnnamed() else { return nil }
  let chain = timeline.awaitChain(of: first, at: cursor, limit: linkLimit)
  guard chain.allSatisfy(waiting.contains) else { return nil }
  let links = chain.map { lane in
    let wait = timeline.wait(of: lane, at: cursor).map { timeline.phrase($0, at: cursor) }
    let inner = timeline.awaited(by: lane, at: cursor).first.map(timeline.label(of:)) ?? ""
    return timeline.label(of: lane) + (wait.map { " waits \($0)" } ?? " awaits \(inner)")
  }
  let rest = waiting.filter { !chain.contains($0) }
  let text = links.joined(separator: ", ") + timeline.others(rest, at: cursor)
  return Explanation.Reason("Nothing can happen any more: \(text).", event: cursor - 1)
}

/// The same for a run that was ended while nothing could happen: what was so before the end.
package func standstill(
  beforeTheEndAt cursor: Int, in timeline: Timeline,
  sources: @autoclosure () -> [RunHeader.SourceText]
) -> Explanation.Reason? {
  lazy var isUnnamed = Outside.isUnnamed(in: sources())
  return timeline.lookBack(fromTheEndAt: cursor) { ended in
    standstill(at: timeline.standsStill(at: ended + 2) ? ended + 2 : ended + 1, in: timeline) {
      isUnnamed
    }
  }
}

extension Timeline {
  /// Looks for something as it was before a run was ended by a Ctrl-C or a signal. After a Ctrl-C the
  /// coroutines are cancelled, each in steps of its own: 1,000 at most are gone back.
  ///
  /// - Parameter find: is given the event that ended a step.
  func lookBack<Found>(fromTheEndAt cursor: Int, _ find: (Int) -> Found?) -> Found? {
    guard wasEndedFromOutside(at: cursor) else { return nil }
    let last = steps(at: cursor)
    for step in stride(from: last, to: max(0, last - 1000), by: -1) {
      guard let ended = handle(ofStep: step).flatMap(handle)?.ended else { continue }
      if let found = find(ended) { return found }
    }
    return nil
  }

  /// Whether a Ctrl-C or a signal has ended the run.
  func wasEndedFromOutside(at cursor: Int) -> Bool {
    fault(at: cursor).map { $0.hasPrefix("KeyboardInterrupt") || $0.hasPrefix("SIG") } ?? false
  }
}

extension Timeline {
  /// Whether no handle runs, stands in the ready queue or has a timer.
  func isIdle(at cursor: Int) -> Bool {
    moment(at: cursor).handle == .none && readyQueue(at: cursor, limit: 0).count == 0
      && !hasTimers(at: cursor)
  }

  /// Whether the recording says that nothing can happen any more, and nothing has since.
  package func standsStill(at cursor: Int) -> Bool {
    for event in events[..<min(cursor, events.count)].suffix(64).reversed() {
      switch event.fact {
      case .stoodStill: return true
      case .output, .marked, .warned, .sourceRead: continue
      default: return false
      }
    }
    return false
  }

  /// Who waits besides, and for what, those first that wait for no other lane: it is for their sake
  /// that the others wait. `; work(1) and 2 others wait for room in queue 1 (3 of 3 items)`.
  fileprivate func others(_ waiting: [LaneID], at cursor: Int) -> String {
    // Many may wait for one gather of many.
    var isEnd: [FutureID: Bool] = [:]
    let ends = waiting.filter { lane in
      let future = wait(of: lane, at: cursor)?.future ?? .none
      if let known = isEnd[future] { return known }
      let found = awaited(by: lane, at: cursor).isEmpty
      if future != .none { isEnd[future] = found }
      return found
    }
    guard let first = ends.first, let wait = wait(of: first, at: cursor) else {
      let count = waiting.count
      return count == 0 ? "" : "; \(counted(count, "other")) \(waits(count)) too"
    }
    let words = phrase(wait, at: cursor)
    let alike = ends.filter { end in
      self.wait(of: end, at: cursor).map { phrase($0, at: cursor) } == words
    }
    let more = alike.count > 1 ? " and \(counted(alike.count - 1, "other"))" : ""
    let rest = waiting.count - alike.count
    return "; \(label(of: first))\(more) \(waits(alike.count)) \(words)"
      + (rest > 0 ? "; \(rest) more \(waits(rest)) too" : "")
  }

  private func waits(_ count: Int) -> String { count == 1 ? "waits" : "wait" }

  /// - Returns: nil where there are none.
  fileprivate func allSuspended(at cursor: Int) -> [LaneID]? {
    let lanes = laneIDs(at: cursor).filter { state(of: $0, at: cursor).isSuspended }
    return lanes.isEmpty ? nil : lanes
  }

  /// The suspended lanes, where nothing is ready, set or running, and none waits for something from
  /// outside the loop.
  ///
  /// - Returns: nil where something may happen, or where none waits.
  fileprivate func allWaiting(at cursor: Int) -> [LaneID]? {
    let moment = moment(at: cursor)
    guard moment.step > 0, moment.ending == nil, moment.dropped == 0, moment.lane == .none,
      isIdle(at: cursor),
      // A loop that has been told to stop is not what stands still.
      let last = handle(ofStep: moment.step).flatMap(handle), !last.stopsTheLoop(in: self)
    else { return nil }
    var waiting: [LaneID] = []
    for place in 0..<laneCount(at: cursor) {
      let lane = laneID(at: place)
      switch state(of: lane, at: cursor) {
      case .awaiting, .waiting:
        if let wait = wait(of: lane, at: cursor) {
          guard wait.kind.isWithinTheLoop, !isResolved(wait.future, at: cursor) else { return nil }
        }
        waiting.append(lane)
      case .ready, .running, .sleeping, .unknown: return nil
      case .pending, .done, .failed, .cancelled, .neverAwaited, .unfinished: break
      }
    }
    return waiting.isEmpty ? nil : waiting
  }
}

extension Handle {
  fileprivate func stopsTheLoop(in timeline: Timeline) -> Bool {
    callback.kind == .stop || timeline.text(callback.name).contains("stop")
  }
}

extension Wait.Kind {
  /// Whether only what runs on the loop ends it, as far as the kind tells.
  fileprivate var isWithinTheLoop: Bool {
    switch self {
    case .future, .task, .gather, .wait, .lock, .event, .condition, .semaphore, .barrier, .queueGet,
      .queuePut, .queueJoin, .consumer:
      true
    case .yield, .sleep, .io, .subprocess, .thread, .unknown: false
    }
  }
}
