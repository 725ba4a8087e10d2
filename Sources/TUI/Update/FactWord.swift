package import Trace

/// What a search can find in a fact besides its lane, and a table says of it: its kind and the text that
/// it brings.
package struct FactWord {
  package let word: String
  let text: TextID?

  private init(_ word: String, _ text: TextID? = nil) {
    self.word = word
    self.text = text
  }

  package init(_ fact: Fact) {
    switch fact {
    case .coroutineCreated(_, let name, _, _): self.init("created", name)
    case .coroutineOrigin: self.init("called")
    case .coroutineStarted: self.init("started")
    case .coroutineSuspended: self.init("suspended")
    case .coroutineResumed: self.init("resumed")
    case .coroutineReturned(_, let value): self.init("returned", value)
    case .coroutineRaised(_, let exception, _): self.init("raised", exception)
    case .coroutineCancelled: self.init("cancelled")
    case .coroutineNeverAwaited: self.init("never awaited")
    case .coroutineAwaited: self.init("awaits")
    case .taskCreated(_, _, let name, _): self.init("task created", name)
    case .taskRenamed(_, let name, _): self.init("task renamed", name)
    case .futureCreated(_, let kind, _): self.init("future created", kind)
    case .futureAwaits: self.init("future awaits")
    case .futureResolved: self.init("resolved")
    case .taskRefused: self.init("refused")
    case .resourceCreated(_, _, let name, _): self.init("resource created", name)
    case .resourceChanged: self.init("resource changed")
    case .timerScheduled: self.init("timer scheduled")
    case .timerFired: self.init("timer fired")
    case .handleScheduled: self.init("scheduled")
    case .handleCancelled: self.init("handle cancelled")
    case .handleBegan: self.init("handle began")
    case .handleEnded: self.init("handle ended")
    case .stackSampled(_, let stack, _): self.init("stack", stack)
    case .tickBegan: self.init("tick")
    case .timeJumped: self.init("time jumped")
    case .stoodStill: self.init("stood still")
    case .runEnded(let exception): self.init("run ended", exception)
    case .output(let text, _, _): self.init("output", text)
    case .warned(let text, _): self.init("warning", text)
    case .exceptionReported(let text, _): self.init("exception", text)
    case .marked(let text): self.init("marker", text)
    case .sourceRead(let file, _): self.init("source", file)
    case .dropped: self.init("dropped")
    }
  }
}
