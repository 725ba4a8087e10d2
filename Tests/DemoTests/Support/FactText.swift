import Trace

/// A run's facts as text, one a line, for comparison with a golden.
struct FactText {
  private let texts: [String]
  private var lanes: [LaneID: String] = [:]
  private var handles: [HandleID: String] = [:]

  static func lines(of batch: Batch) -> [String] {
    var text = FactText(texts: [""] + batch.texts)
    return batch.events.map { text.line(for: $0) }
  }

  private init(texts: [String]) { self.texts = texts }

  private mutating func line(for event: Event) -> String {
    let milliseconds = event.time / 1_000_000
    let rest = String(1_000 + milliseconds % 1_000).dropFirst()
    return "\(milliseconds / 1_000).\(rest) \(words(for: event.fact))"
  }

  private mutating func words(for fact: Fact) -> String {
    switch fact {
    case .coroutineCreated(let lane, let name, let parent, let site):
      lanes[lane] = "\(text(name))#\(lane.rawValue)"
      return "\(self[lane]) created by \(self[parent]) at \(text(site.file)):\(site.line)"
    case .coroutineOrigin(let lane, let site):
      return "\(self[lane]) called at \(text(site.file)):\(site.line)"
    case .coroutineStarted(let lane): return "\(self[lane]) started"
    case .coroutineSuspended(let lane, let wait, let line):
      return "\(self[lane]) suspended on \(wait.kind)\(self[wait.future]) at line \(line)"
    case .coroutineResumed(let lane): return "\(self[lane]) resumed"
    case .coroutineReturned(let lane, let value):
      return "\(self[lane]) returned" + (text(value).isEmpty ? "" : " \(text(value))")
    case .coroutineRaised(let lane, let error, _): return "\(self[lane]) raised \(text(error))"
    case .coroutineCancelled(let lane): return "\(self[lane]) cancelled"
    case .coroutineNeverAwaited(let lane): return "\(self[lane]) never awaited"
    case .coroutineAwaited(let outer, let inner, let line):
      return "\(self[outer]) awaits \(self[inner]) at line \(line)"
    case .taskCreated(let task, let lane, let name, let by):
      return "task\(self[task]) \(text(name)) of \(self[lane]) created by \(self[by])"
    case .taskRenamed(let task, let name, let by):
      return "task\(self[task]) named \(text(name)) by \(self[by])"
    case .futureCreated(let future, let kind, let resource):
      let line = resource == .none ? "" : " in line for r\(resource.rawValue)"
      return "future\(self[future]) created: \(text(kind))\(line)"
    case .futureAwaits(let outer, let inner): return "future\(self[outer]) awaits\(self[inner])"
    case .futureResolved(let future, let outcome):
      return "future\(self[future]) resolved: \(outcome)"
    case .taskRefused(let task): return "task\(self[task]) refused"
    case .resourceCreated(let resource, let kind, let name, let limit):
      let most = limit > 0 ? " up to \(limit)" : ""
      return "\(kind) r\(resource.rawValue) created: \(text(name))\(most)"
    case .resourceChanged(let resource, let level, let holder):
      let by = holder == .none ? "" : " by \(self[holder])"
      return "r\(resource.rawValue) at \(level)\(by)"
    case .timerScheduled(let handle, let when, let callback):
      handles[handle] = words(for: callback)
      return "timer \(self[handle]) scheduled for \(when / 1_000_000) ms"
    case .timerFired(let handle): return "timer \(self[handle]) fired"
    case .handleScheduled(let handle, let callback, let cause):
      handles[handle] = words(for: callback)
      return "handle \(self[handle]) scheduled: \(cause.kind)\(self[cause.future])"
    case .handleCancelled(let handle): return "handle \(self[handle]) cancelled"
    case .handleBegan(let handle): return "handle \(self[handle]) began"
    case .handleEnded(let handle): return "handle \(self[handle]) ended"
    case .stackSampled(let handle, let stack, let lane):
      return "\(self[handle]) seen in \(text(stack)) by \(self[lane])"
    case .tickBegan(let number): return "tick \(number)"
    case .timeJumped(let from): return "time jumped from \(from / 1_000_000) ms"
    case .stoodStill: return "stood still"
    case .runEnded(let error): return "run ended" + (text(error).isEmpty ? "" : ": \(text(error))")
    case .output(let words, let lane, let stream):
      return "\(stream) by \(self[lane]): \(text(words).debugDescription)"
    case .warned(let words, let lane): return "warning by \(self[lane]): \(text(words))"
    case .exceptionReported(let words, let lane):
      return "reported by \(self[lane]): \(text(words).debugDescription)"
    case .marked(let words): return "mark \(text(words))"
    case .sourceRead(let file, _): return "source of \(text(file))"
    case .dropped(let count): return "dropped \(count)"
    }
  }

  private func words(for callback: Callback) -> String {
    callback.kind == .function ? text(callback.name) : "\(callback.kind)\(self[callback.future])"
  }

  private func text(_ id: TextID) -> String { texts[Int(id.rawValue)] }

  private subscript(lane: LaneID) -> String { lanes[lane] ?? "nobody" }

  private subscript(future: FutureID) -> String {
    future == .none ? "" : " f\(future.rawValue)"
  }

  private subscript(handle: HandleID) -> String {
    "h\(handle.rawValue) [\(handles[handle] ?? "unknown")]"
  }
}
