package import Trace

/// Something that is wrong with a program.
package struct Finding: Equatable, Sendable {
  /// Index of the event that showed it; nil for what the run ended with.
  package var event: Int?
  /// The lane that it is about, `.none` where it is about none.
  package var lane = LaneID.none
  package var text: String
  /// Whether it is more than a warning.
  package var isFault = true
}

/// What a program's own runtime complained of up to a cursor, warnings and reported exceptions, the
/// steps that blocked its loop, tasks that swallowed a cancellation, futures that another thread
/// resolved, failures that a gather keeps to itself, who waits for ever, and what the run ended with.
///
/// - Parameters:
///   - standstills: see ``standstills(at:in:sources:)``.
///   - limit: how many complaints are wanted, the newest.
/// - Complexity: O(limit × log limit + log complaints).
package func findings(
  at cursor: Int, in timeline: Timeline, standstills: [Explanation.Reason], limit: Int = .max
) -> [Finding] {
  let complaints =
    timeline.complaintLists
    .flatMap { $0.prefix($0.count(at: cursor)).suffix(limit) } + timeline.untoldGathers(at: cursor)
  let told = complaints.sorted().suffix(limit)
    .compactMap { timeline.finding(ofComplaint: $0, at: cursor) }
  let found = told + standstills.map { Finding(event: $0.event, text: $0.text) }
  return found.sorted { ($0.event ?? .max) < ($1.event ?? .max) }
    + (timeline.fault(at: cursor).map {
      [Finding(text: "The run ended with \($0)\(timeline.raiseOfFault(at: cursor))")]
    } ?? [])
}

/// That nothing can happen any more at a cursor, else who waits for one another; after a run that was
/// ended by a Ctrl-C or a signal, what was so before.
package func standstills(
  at cursor: Int, in timeline: Timeline, sources: @autoclosure () -> [RunHeader.SourceText]
) -> [Explanation.Reason] {
  let standstill =
    standstill(at: cursor, in: timeline, sources: sources())
    ?? standstill(beforeTheEndAt: cursor, in: timeline, sources: sources())
  if let standstill { return [standstill] }
  let found = cycles(at: cursor, in: timeline)
  guard found.isEmpty else { return found }
  return timeline.lookBack(fromTheEndAt: cursor) { ended in
    let found = cycles(at: ended + 1, in: timeline)
    return found.isEmpty ? nil : found
  } ?? []
}

extension Timeline {
  /// The exception or the signal with which the run has ended.
  package func fault(at cursor: Int) -> String? {
    moment(at: cursor).ending.flatMap { $0 == .empty ? nil : text($0) }
  }

  /// A finding with its moment and its lane: `0.310s  step 7  child(49): never retrieved`.
  package func line(for finding: Finding) -> String {
    let when = finding.event.map { place(ofEvent: $0) + "  " }
    let who = finding.lane == .none ? "" : "\(fullLabel(of: finding.lane, at: events.count)): "
    return (when ?? "") + plain(who + finding.text)
  }

  fileprivate func finding(ofComplaint event: Int, at cursor: Int) -> Finding? {
    switch events[event].fact {
    case .warned(let text, let lane):
      Finding(event: event, lane: lane, text: self.text(text) + call(of: lane), isFault: false)
    case .exceptionReported(let text, let lane):
      Finding(
        event: event, lane: lane, text: self.text(text) + raise(of: lane, told: self.text(text)))
    case .handleEnded:
      Finding(
        event: event, lane: laneOfLongStep(endingAt: event), text: sentence(forLongStep: event),
        isFault: false)
    case .taskRefused(let task):
      Finding(
        event: event, lane: future(task)?.lane ?? .none, text: clause(forRefusal: event),
        isFault: false)
    case .futureResolved(let future, _) where isStray(resolvedAt: event):
      Finding(
        event: event, lane: lastWaiter(for: future) ?? .none,
        text: strayClause(of: future) + ", which alone wakes the loop")
    case .futureResolved(let gather, _) where future(gather)?.isTask == false:
      finding(ofUntoldBy: gather, at: cursor, event)
    case .futureResolved(let task, _):
      Finding(
        event: event, lane: future(task)?.lane ?? .none, text: lateFailure(of: task, at: event),
        isFault: false)
    default: nil
    }
  }

  /// `another thread or a signal handler resolved future 3 without call_soon_threadsafe()`.
  func strayClause(of future: FutureID) -> String {
    let what =
      resource(behind: future).map { "gave a turn at \(label(of: $0.id))" }
      ?? "resolved \(label(of: future))"
    return "another thread or a signal handler \(what) without call_soon_threadsafe()"
  }

  /// Gather marks the exception as retrieved, so that asyncio says nothing.
  private func lateFailure(of task: FutureID, at event: Int) -> String {
    "it failed when the gather that waited for it was over, which tells nobody"
      + exception(of: task, at: event)
  }

  /// `: ValueError: no`, where it is known.
  private func exception(of task: FutureID, at event: Int) -> String {
    guard let lane = future(task)?.lane, let failure = failure(of: lane, at: event + 1) else {
      return ""
    }
    return ": \(text(failure.exception))\(raised(in: failure.traceback, of: lane))"
  }

  /// Several members may fail of one cause: they are told as one.
  private func finding(
    ofUntoldBy gather: FutureID, at cursor: Int, _ event: Int
  ) -> Finding? {
    let untold = untoldFailures(of: gather, at: cursor)
    guard let first = untold.first else { return nil }
    let others = untold.dropFirst()
    let names = others.prefix(2).map { label(of: $0) }
    let rest = others.count - names.count
    let last = rest > 0 ? ["\(rest) more"] : []
    let also = others.isEmpty ? "" : "; so had \((names + last).joined(separator: " and "))"
    return Finding(
      event: event, lane: future(first)?.lane ?? .none,
      text: "it had failed too when its gather did, which tells of the first alone"
        + exception(of: first, at: event) + also,
      isFault: false)
  }

  /// Where a lane raised what is told in a complaint of it.
  private func raise(of lane: LaneID, told: String) -> String {
    guard let failure = failure(of: lane, at: .max), told.hasSuffix(text(failure.exception)) else {
      return ""
    }
    return raised(in: failure.traceback, of: lane)
  }

  /// `, called at demo.py:12`: where a coroutine was called that was never awaited.
  private func call(of lane: LaneID) -> String {
    guard state(of: lane, at: .max) == .neverAwaited, let lane = self.lane(lane) else { return "" }
    return place(lane.origin, after: "called")
  }
}
