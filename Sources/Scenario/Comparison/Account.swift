package import Trace

/// A recording as lines that are the same for two runs that took the same decisions.
///
/// Identities are numbered anew, each when it is first named, so that two recorders need not count
/// alike. What is left out or made alike is listed in `docs/scenarios.md`.
package struct Account: Equatable, Sendable {
  package internal(set) var lines: [String] = []

  private var texts: [String] = [""]
  private var lanes: [LaneID: Int] = [:]
  private var futures: [FutureID: String] = [:]
  private var handles: [HandleID: Int] = [:]
  private var outcomes: [FutureID: Outcome] = [:]
  private var tasks: Set<FutureID> = []
  private var taskCount = 0
  private var isEager = false
  private var taskOf: [LaneID: FutureID] = [:]
  private var suspended: Set<LaneID> = []
  private let callbacks: Set<String>?
  private let hasCoroutines: Bool

  /// - Parameters:
  ///   - callbacks: names of the program's own functions, all others being asyncio's; nil for a
  ///     program of which they are not known.
  ///   - hasCoroutines: false leaves out what is told of coroutines: up to 3.11 the recorder does
  ///     not see exactly when those of an unprepared program are made, start and end.
  package init(_ batch: Batch, callbacks: Set<String>?, hasCoroutines: Bool = true) {
    self.callbacks = callbacks
    self.hasCoroutines = hasCoroutines
    texts += batch.texts
    var late: [String] = []
    let events = Self.ordered(batch.events)
    for (index, event) in events.enumerated() {
      // Our loop says after each `run_until_complete` that it has ended.
      if event.fact.isEnd, index + 1 < events.count { continue }
      // What a factory makes has its name later, maybe when the task is done.
      if case .taskCreated = event.fact, index + 1 < events.count {
        if case .handleScheduled = events[index + 1].fact {
          isEager = false
        } else {
          isEager = true
        }
      }
      guard let line = line(event.fact) else { continue }
      if case .runEnded(let ending) = event.fact {
        if !Self.breaksOff(self[ending]) {
          lines += late.sorted()
        } else if lines.last?.hasSuffix(" jump") == true {
          lines.removeLast()  // which the next one would have taken the place of
        }
      }
      if line.hasPrefix("late") {
        late.append(line)
        continue
      }
      // A tick in which nothing happened.
      if event.fact.isBetweenTicks, lines.last?.hasSuffix(Self.tick) == true { lines.removeLast() }
      // A moment at which a thread did nothing that the loop could know.
      if case .timeJumped = event.fact, lines.last?.hasSuffix(" jump") == true {
        lines.removeLast()
      }
      lines.append("\(moment(event.time)) \(line)")
    }
  }

  /// What is said of a program that leaves tasks behind which were made while it was ending.
  static let tasksAreLeft = ", and tasks are left"

  /// Whether a program has ended before some of its tasks were done.
  static func breaksOff(_ ending: String) -> Bool {
    [tasksAreLeft, "DeadlockError", "EndlessError"].contains { ending.hasSuffix($0) }
  }

  private static let tick = "tick"

  private func moment(_ time: Int64) -> String {
    time % 1_000_000_000 == 0 ? "\(time / 1_000_000_000)" : "\(Double(time) / 1e9)"
  }

  // MARK: Names

  private subscript(_ text: TextID) -> String {
    Int(text.rawValue) < texts.count ? texts[Int(text.rawValue)] : ""
  }

  private mutating func name(_ lane: LaneID) -> String {
    guard lane != .none, hasCoroutines else { return "-" }
    let number = lanes[lane] ?? lanes.count + 1
    lanes[lane] = number
    return "c\(number)"
  }

  private mutating func name(_ future: FutureID) -> String {
    guard future != .none else { return "-" }
    if let name = futures[future] { return name }
    let name = "f\(futures.count - taskCount + 1)"
    futures[future] = name
    return name
  }

  private mutating func name(_ handle: HandleID) -> String {
    let number = handles[handle] ?? handles.count + 1
    handles[handle] = number
    return "h\(number)"
  }

  private mutating func name(_ callback: Callback) -> String {
    switch callback.kind {
    case .step: return "step \(name(callback.future))"
    case .wakeup: return "wakeup \(name(callback.future))"
    case .stop: return "stop"
    case .function where callbacks?.contains(self[callback.name]) == true:
      return self[callback.name]
    case .function, .memberDone, .setResult, .timeout, .job: return "internal"
    }
  }

  private mutating func name(_ cause: Cause) -> String {
    guard cause.kind == .futureResolved else { return "\(cause.kind)" }
    return "\(name(cause.future)) \(outcomes[cause.future].map { "\($0)" } ?? "done")"
  }

  // MARK: Events

  /// Nil for what is left out.
  private mutating func line(_ fact: Fact) -> String? {
    if !hasCoroutines, fact.isOfCoroutine { return nil }
    switch fact {
    case .coroutineCreated(let lane, let text, let parent, _):
      // Of a program of its own, the recorder shows arguments in its own way.
      let shown = callbacks == nil ? String(self[text].prefix { $0 != "(" }) : self[text]
      return "made \(name(lane)) \(shown) by \(name(parent))"
    case .coroutineStarted(let lane): return "started \(name(lane))"
    case .coroutineSuspended(let lane, let wait, _):
      suspended.insert(lane)
      // A task that awaits itself is told of its mistake in the next step.
      guard wait.future != .none, wait.future != taskOf[lane] else {
        return "suspended \(name(lane)) yield"
      }
      let kind = [.task, .sleep].contains(wait.kind) ? wait.kind : .future
      return "suspended \(name(lane)) \(kind) \(name(wait.future))"
    case .coroutineResumed(let lane):
      // After an eager start our loop says that the creator goes on.
      return suspended.remove(lane) == nil ? nil : "resumed \(name(lane))"
    case .coroutineReturned(let lane, let value):
      return "returned \(name(lane)) \(self[value] == "None" ? "" : self[value])"
    case .coroutineRaised(let lane, let text, _): return "raised \(name(lane)) \(plain(self[text]))"
    case .coroutineCancelled(let lane): return "cancelled \(name(lane))"
    case .coroutineNeverAwaited(let lane): return "late: never awaited \(name(lane))"
    case .coroutineAwaited(let outer, let lane, _):
      taskOf[lane] = taskOf[outer]
      return "awaits \(name(outer)) \(name(lane))"
    case .taskCreated(let future, let lane, let text, let creator):
      tasks.insert(future)
      taskOf[lane] = future
      taskCount += 1
      futures[future] = "t\(taskCount)"
      return "task \(name(future)) \(name(lane)) \(isEager ? "" : self[text]) by \(name(creator))"
    case .futureResolved(let future, let outcome):
      outcomes[future] = outcome
      return tasks.contains(future) ? "done \(name(future)) \(outcome)" : nil
    case .timerScheduled(let handle, let when, let callback):
      return "timer \(name(handle)) \(moment(when)) \(name(callback))"
    case .timerFired(let handle): return "fired \(name(handle))"
    case .handleScheduled(let handle, let callback, let cause):
      return "scheduled \(name(handle)) \(name(callback)) because \(name(cause))"
    case .handleCancelled(let handle): return "cancelled \(name(handle))"
    case .handleBegan(let handle): return "begin \(name(handle))"
    case .handleEnded(let handle): return "end of \(name(handle))"
    case .tickBegan: return Self.tick
    case .timeJumped: return "jump"
    case .runEnded(let text):
      return self[text].isEmpty ? "end" : "end \(plain(self[text]))"
    case .output(let text, let lane, let stream):
      return stream == .stdout ? "print \(name(lane)) \(plain(self[text]))" : nil
    case .warned(let text, _) where self[text].hasSuffix("was never awaited"):
      return "late: \(self[text])"
    case .warned(let text, let lane): return "warned \(name(lane)) \(self[text])"
    case .exceptionReported(let text, _): return report(self[text])
    case .coroutineOrigin, .taskRenamed, .futureCreated, .futureAwaits, .taskRefused,
      .resourceCreated, .resourceChanged, .stackSampled,
      .stoodStill, .marked, .sourceRead, .dropped:
      return nil
    }
  }

  /// The message of a group is told by CPython in some versions and not in others.
  /// What stands between angle brackets names places in memory and in files.
  private func plain(_ text: String) -> String {
    if text.hasPrefix("ExceptionGroup") { return "ExceptionGroup" }
    guard let start = text.firstIndex(of: "<"), let end = text.lastIndex(of: ">"), start < end
    else { return text }
    return String(text[...start] + text[end...])
  }

  /// The kind of a report and the exception in it, without addresses and places.
  private func report(_ text: String) -> String {
    let parts = (text.split(separator: "\n").last ?? "").split(separator: ": ").map(String.init)
    let group = parts.firstIndex { $0.hasPrefix("ExceptionGroup") }
    let error =
      group
      ?? parts.lastIndex { part in
        part.hasSuffix("Error") || ["KeyboardInterrupt", "SystemExit"].contains(part)
      }
    // CPython's recorder has it in one line, ours in several.
    let message =
      text.contains("\n")
      ? String(text.prefix { $0 != "\n" })
      : parts[..<(error ?? parts.count)].joined(separator: ": ")
    let kind = plainReport(message)
    // Reported when the memory is given back, and that is no decision of asyncio's.
    let when = kind == neverRetrieved ? "late:" : "reported"
    return "\(when) \(kind) \(error.map { plain(parts[$0...].joined(separator: ": ")) } ?? "")"
  }
}

private let neverRetrieved = "exception was never retrieved"

/// What an exception handler is told, without the names of tasks and places.
func plainReport(_ message: String) -> String {
  let kinds = [
    neverRetrieved, "Exception in callback", "destroyed but it is pending",
    "unhandled exception during asyncio.run() shutdown", "has errored out",
  ]
  return kinds.first { message.contains($0) } ?? message
}

extension Fact {
  fileprivate var isEnd: Bool { if case .runEnded = self { true } else { false } }

  fileprivate var isOfCoroutine: Bool {
    switch self {
    case .coroutineCreated, .coroutineStarted, .coroutineSuspended, .coroutineResumed,
      .coroutineReturned, .coroutineRaised, .coroutineCancelled, .coroutineNeverAwaited,
      .coroutineAwaited:
      true
    default: false
    }
  }

  fileprivate var isBetweenTicks: Bool {
    switch self {
    case .tickBegan, .timeJumped, .runEnded: true
    default: false
    }
  }
}
