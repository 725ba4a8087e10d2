package import Trace

/// Why a lane is in its state, and why it ran when it did: short sentences from each cause to the
/// cause before it.
package struct Explanation: Equatable, Sendable {
  package struct Reason: Equatable, Sendable {
    package var text: String
    /// Index of the event that the sentence is about.
    package var event: Int?
    /// Those that wait for one another, if it is about them.
    var circle: Set<LaneID> = []

    init(_ text: String, event: Int?, circle: Set<LaneID> = []) {
      // An exception's message may bring a full stop of its own.
      self.text = plain(text.hasSuffix("..") ? String(text.dropLast()) : text)
      self.event = event
      self.circle = circle
    }
  }

  /// Why it is in its state, then the same for what it waits for.
  package var state: [Reason]
  /// Why its step runs now, or why its last step ran; then why the step ran that caused it.
  /// Empty if it never ran.
  package var step: [Reason]

  package var reasons: [Reason] { state + step }
}

/// Explains a lane at a cursor. Each chain of causes is followed for at most six links.
///
/// - Parameter now: the moment shown, where time has passed since the last event.
/// - Returns: nil where there is no such lane yet.
package func why(
  _ lane: LaneID, at cursor: Int, now: Int64? = nil, in timeline: Timeline
) -> Explanation? {
  guard timeline.change(of: lane, at: cursor) != nil else { return nil }
  return Explanation(
    state: StateReasons(timeline: timeline, cursor: cursor, now: now).reasons(for: lane),
    step: StepReasons(timeline: timeline).reasons(for: lane, at: cursor))
}

/// Why the step at a cursor ran, or the last one, where a lane's code had no part in it: a callback's step, or
/// another task's. Nil where that is told of the lane itself, before the first step, and for the one that only
/// stops the loop.
///
/// - Parameter lane: nil where there is none.
package func whyNow(
  without lane: LaneID?, at cursor: Int, in timeline: Timeline
) -> Explanation.Reason? {
  let step = timeline.steps(at: cursor)
  let handle = timeline.handle(ofStep: step).flatMap(timeline.handle)
  guard handle?.callback.kind != .stop else { return nil }
  let changes = lane.flatMap(timeline.changes(of:))
  let ran = changes.flatMap { $0[..<$0.count(at: cursor)].last { $0.state == .running } }
  if let ran, timeline.steps(at: ran.event + 1) == step { return nil }
  return StepReasons(timeline: timeline).link(ofStep: step)?.reason
}

/// Explains why a step ran when it did, counted from 1.
package func why(step: Int, in timeline: Timeline) -> [Explanation.Reason] {
  StepReasons(timeline: timeline).reasons(forStep: step)
}

/// Why a step ran, without what came before (`Step 7 ran because …`), and the step in which that came up,
/// nil for what came from outside. Nil where there is no such step.
package func link(
  ofStep step: Int, in timeline: Timeline
) -> (reason: Explanation.Reason, cause: Int?)? {
  StepReasons(timeline: timeline).link(ofStep: step)
}

/// How many links of a chain are followed: more is no explanation any more.
let linkLimit = 6
