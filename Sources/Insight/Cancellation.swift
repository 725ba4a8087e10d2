import Trace

/// How it came that a CancelledError ended a lane.
struct Cancellation {
  /// `by main() in step 22`, `from outside the loop after step 3`, `once main() was over, after step 26`.
  let source: String
  /// Whose end a callback answered that cancelled it: `fetch(3) raised`.
  let cause: String?
  /// That it had been cancelled before, and went on: `cancelled by main() in step 20`.
  var before: String?
}

extension Timeline {
  /// How a lane was cancelled that a CancelledError has ended. That is told of whoever cancelled what the
  /// lane waited for last that was cancelled; nil where it waited for nothing yet, or the recording
  /// does not tell.
  func cancellation(of lane: LaneID, before event: Int) -> Cancellation? {
    guard !tellsNoSteps, let wait = cancelledWait(of: lane, before: event) else { return nil }
    var cancellation = cancellation(in: wait.cause)
    // Callbacks cancel for the sake of a time limit or a task group, which take that back.
    if let first = cancelledWait(of: lane, before: wait.cause), first.isPast,
      moment(at: first.cause).lane != .none
    {
      cancellation.before = "cancelled \(self.cancellation(in: first.cause).source)"
    }
    return cancellation
  }

  /// The handle of the last step that was over. A step begins with what came right before its handle.
  private func stepEnded(before event: Int) -> Handle? {
    let begun = steps(at: event)
    let handles = [begun, begun - 1].lazy.compactMap { handle(ofStep: $0).flatMap(handle) }
    return handles.first { $0.ended.map { $0 < event } ?? false }
  }

  /// Whether a lane ended since asyncio's last reference to its task went, and nobody else had one.
  func wasDestroyed(_ lane: LaneID, at cursor: Int) -> Bool {
    complaints(about: lane).contains { event in
      guard event < cursor, case .exceptionReported(let text, _) = events[event].fact else {
        return false
      }
      return self.text(text).hasPrefix("Task was destroyed but it is pending")
    }
  }

  /// Who did what an event tells, by which something was cancelled.
  func cancellation(in cancelled: Int) -> Cancellation {
    let reasons = StepReasons(timeline: self)
    let when = reasons.step(of: cancelled)
    let moment = moment(at: cancelled + 1)
    guard moment.handle != .none, let handle = handle(moment.handle) else {
      if let ended = stepEnded(before: cancelled), ended.callback.kind == .stop {
        return Cancellation(
          source: "once \(label(of: ended.callback.future)) was over, \(when)", cause: nil)
      }
      // What handles a Ctrl-C, mostly.
      return Cancellation(source: "from outside the loop \(when)", cause: nil)
    }
    guard moment.lane == .none else {
      return Cancellation(source: "by \(label(of: moment.lane)) \(when)", cause: nil)
    }
    let answers = handle.cause.kind == .futureResolved && handle.callback.kind != .wakeup
    return Cancellation(
      source: "by \(phrase(handle)) \(when)",
      cause: answers ? reasons.resolution(of: handle.cause.future, for: handle) : nil)
  }
}
