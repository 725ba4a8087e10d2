extension Fact {
  /// The lane that the fact is about, nil for one about the loop, a handle or a future.
  package var lane: LaneID? {
    switch self {
    case .coroutineCreated(let lane, _, _, _), .coroutineOrigin(let lane, _),
      .coroutineStarted(let lane),
      .coroutineSuspended(let lane, _, _), .coroutineResumed(let lane),
      .coroutineReturned(let lane, _), .coroutineRaised(let lane, _, _),
      .coroutineCancelled(let lane),
      .coroutineNeverAwaited(let lane), .coroutineAwaited(_, let lane, _),
      .taskCreated(_, let lane, _, _), .output(_, let lane, _), .warned(_, let lane),
      .exceptionReported(_, let lane), .stackSampled(_, _, let lane):
      lane
    case .taskRenamed, .futureCreated, .futureAwaits, .futureResolved, .taskRefused,
      .resourceCreated, .resourceChanged, .timerScheduled, .timerFired,
      .handleScheduled, .handleCancelled, .handleBegan, .handleEnded, .tickBegan, .timeJumped,
      .stoodStill,
      .runEnded, .marked, .sourceRead, .dropped:
      nil
    }
  }
}
