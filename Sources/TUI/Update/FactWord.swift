import Trace

/// What a search can find in a fact: its kind, the lane that it is about, the text that it brings.
struct FactWord {
  let word: String
  let lane: LaneID?
  let text: TextID?

  private init(_ word: String, _ lane: LaneID? = nil, _ text: TextID? = nil) {
    self.word = word
    self.lane = lane
    self.text = text
  }

  init(_ fact: Fact) {
    switch fact {
    case .coroutineCreated(let lane, _, _, _): self.init("created", lane)
    case .coroutineStarted(let lane): self.init("started", lane)
    case .coroutineSuspended(let lane, _, _): self.init("suspended", lane)
    case .coroutineResumed(let lane): self.init("resumed", lane)
    case .coroutineReturned(let lane, let value): self.init("returned", lane, value)
    case .coroutineRaised(let lane, let exception): self.init("raised", lane, exception)
    case .coroutineCancelled(let lane): self.init("cancelled", lane)
    case .coroutineNeverAwaited(let lane): self.init("never awaited", lane)
    case .coroutineAwaited(_, let lane, _): self.init("awaits", lane)
    case .taskCreated(_, let lane, let name, _): self.init("task created", lane, name)
    case .futureCreated(_, let kind): self.init("future created", nil, kind)
    case .futureAwaits: self.init("future awaits")
    case .futureResolved: self.init("resolved")
    case .timerScheduled: self.init("timer scheduled")
    case .timerFired: self.init("timer fired")
    case .handleScheduled: self.init("scheduled")
    case .handleCancelled: self.init("handle cancelled")
    case .handleBegan: self.init("handle began")
    case .handleEnded: self.init("handle ended")
    case .tickBegan: self.init("tick")
    case .timeJumped: self.init("time jumped")
    case .runEnded(let exception): self.init("run ended", nil, exception)
    case .output(let text, let lane, _): self.init("output", lane, text)
    case .warned(let text, let lane): self.init("warning", lane, text)
    case .exceptionReported(let text, let lane): self.init("exception", lane, text)
    case .marked(let text): self.init("marker", nil, text)
    case .dropped: self.init("dropped")
    }
  }

  /// Every kind's word.
  static let all = [
    "created", "started", "suspended", "resumed", "returned", "raised", "cancelled",
    "never awaited", "awaits", "task created", "future created", "future awaits", "resolved",
    "timer scheduled", "timer fired", "scheduled", "handle cancelled", "handle began",
    "handle ended", "tick", "time jumped", "run ended", "output", "warning", "exception", "marker",
    "dropped",
  ]
}
