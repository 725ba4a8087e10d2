import Trace

/// How it came that a CancelledError ended a lane.
struct Cancellation {
  /// `by main() in step 22`, `from outside the loop after step 3`.
  let source: String
  /// Whose end a callback answered that cancelled it: `fetch(3) raised`.
  let cause: String?
}

extension Timeline {
  /// How a lane was cancelled that a CancelledError has ended. That is told of whoever cancelled what the
  /// lane waited for last that was cancelled; nil where it waited for nothing yet, or the recording
  /// does not tell.
  func cancellation(of lane: LaneID, before event: Int) -> Cancellation? {
    guard !tellsNoSteps, let wait = cancelledWait(of: lane, before: event) else { return nil }
    return cancellation(in: wait.cause)
  }

  /// Who did what an event tells, by which something was cancelled.
  func cancellation(in cancelled: Int) -> Cancellation {
    let reasons = StepReasons(timeline: self)
    let when = reasons.step(of: cancelled)
    let moment = moment(at: cancelled + 1)
    guard moment.handle != .none, let handle = handle(moment.handle) else {
      // asyncio.run() at its end, or what handles a Ctrl-C.
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
