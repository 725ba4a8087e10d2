import Trace

extension Timeline {
  /// Where a lane's last wait stood as it was cut short: by the cancellation or the time limit that then
  /// ended the lane, or by the end of the run. Nil where nothing did that, or the recording does not tell.
  ///
  /// - Returns: a cursor, at which the lane still waits.
  func interruption(of lane: LaneID, at cursor: Int) -> Int? {
    guard let change = change(of: lane, at: cursor) else { return nil }
    let cut: Int?
    switch (change.state, events[change.event].fact) {
    case (.unfinished, _): cut = change.event
    case (.cancelled, _) where !tellsNoSteps:
      cut = cancelledWait(of: lane, before: change.event)?.cause
    case (.failed, .coroutineRaised(_, let exception, _))
    where text(exception).hasPrefix("TimeoutError") && !tellsNoSteps:
      // It may have been another one's time that was up, when this one had gone on.
      let wait = cancelledWait(of: lane, before: change.event)
      cut = wait?.isPast == false ? wait?.cause : nil
    default: return nil
    }
    guard let cut, let state = self.change(of: lane, at: cut)?.state else { return nil }
    return [.waiting, .sleeping, .awaiting].contains(state)
      ? firstOfCancellations(upTo: cut) : nil
  }

  /// The first of those that were cancelled one right after the other, as a Ctrl-C does it with
  /// every task: before that they still waited for one another.
  private func firstOfCancellations(upTo cut: Int) -> Int {
    var first = cut
    for event in (max(0, cut - Self.mostCancelled)..<cut).reversed() {
      switch events[event].fact {
      case .futureResolved(_, .cancelled): first = event
      case .handleScheduled(_, _, let cause) where cause.kind == .futureResolved: continue
      case .handleCancelled, .resourceChanged: continue
      default: return first
      }
    }
    return first
  }

  /// This is asked for at each frame.
  private static let mostCancelled = 1000

  /// What the lane that the run is the story of was waiting for when a Ctrl-C or a signal ended the run,
  /// and what that was waiting for in the end. Nil where the run ended otherwise.
  package func waitBeforeTheEnd(at cursor: Int) -> String? {
    guard wasEndedFromOutside(at: cursor), let main = mainLane(at: cursor),
      let cut = interruption(of: main, at: cursor)
    else { return nil }
    let reasons = StateReasons(timeline: self, before: cut).reasons(for: main)
    let told = reasons.count > 1 ? [reasons[0], reasons[reasons.count - 1]] : reasons
    return told.isEmpty ? nil : "Until then " + told.map(\.text).joined(separator: " ")
  }
}
