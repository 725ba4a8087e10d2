package import Trace

extension LaneState {
  /// The state as sentences and tables name it, the four main ones in capitals.
  package var word: String {
    switch self {
    case .pending: "PENDING"
    case .ready: "ready"
    case .running: "RUNNING"
    case .awaiting: "awaiting"
    case .sleeping: "SLEEPING"
    case .waiting: "waiting"
    case .done: "DONE"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .neverAwaited: "never awaited"
    case .unfinished: "unfinished"
    case .unknown: "unknown"
    }
  }
}

extension Timeline {
  /// What a suspended coroutine waits for, after "waits".
  package func phrase(_ wait: Wait, at cursor: Int) -> String {
    if let resource = resource(behind: wait.future) {
      return phrase(wait.kind, resource, at: cursor) + rest(of: wait, resource, at: cursor)
    }
    switch wait.kind {
    case .yield: return "for its next turn"
    case .sleep: return "for a timer"
    case .future:
      guard let purpose = purpose(of: wait) else { return "for \(label(of: wait.future))" }
      return purpose.hasSuffix("()") ? "in \(purpose)" : "for a \(purpose)"
    case .task: return "for the task \(label(of: wait.future))"
    case .gather: return "for a \(purpose(of: wait) ?? "gather")"
    case .wait:
      switch purpose(of: wait) {
      case "as_completed": return "for the next in as_completed()"
      case "cancel and wait": return "for what it has cancelled"
      case let function: return "in \(function ?? "wait")()"
      }
    case .lock: return "to acquire a lock"
    case .event: return "for an event to be set"
    case .condition: return "for a condition to be notified"
    case .semaphore: return "to acquire a semaphore"
    case .barrier: return "for a barrier"
    case .queueGet: return "for an item in a queue"
    case .queuePut: return "for room in a queue"
    case .queueJoin: return "for a queue to be dealt with"
    case .io: return purpose(of: wait).map { "to \($0)" } ?? "for input or output"
    case .subprocess:
      guard let purpose = purpose(of: wait) else { return "for a subprocess" }
      let isNumbered = purpose.first?.isNumber == true
      return isNumbered ? "for the process \(purpose)" : "for \(purpose) in another process"
    case .thread: return purpose(of: wait).map { "for \($0) in a thread" } ?? "for a thread"
    case .consumer: return "for its next value to be asked for"
    case .unknown: return "for something unknown"
    }
  }

  /// What the recorder says that a future is for, beyond the kind of the wait:
  /// `read from 127.0.0.1:8080`.
  private func purpose(of wait: Wait) -> String? {
    guard let future = future(wait.future), !future.isTask else { return nil }
    let purpose = text(future.name)
    return ["", "future", "\(wait.kind)"].contains(purpose) ? nil : purpose
  }

  /// What a handle does when it runs, as a noun: `the first step of main()`.
  package func phrase(_ callback: Callback, isFirst: Bool = false) -> String {
    switch callback.kind {
    case .step: "the \(isFirst ? "first" : "next") step of \(label(of: callback.future))"
    case .wakeup: "the wakeup of \(label(of: callback.future))"
    case .setResult where timer(of: callback.future) == nil:
      "the resolving of \(label(of: callback.future))"
    case .setResult: "the end of \(sleep(of: callback.future))"
    case .memberDone: "a member's report to \(label(of: callback.future))"
    case .timeout: "the timeout of \(label(of: callback.future))"
    case .stop: "the stop of the loop"
    case .function:
      text(callback.name).isEmpty ? "a callback" : "the callback \(text(callback.name))"
    case .job: "a job of the Swift runtime"
    }
  }

  package func phrase(_ handle: Handle) -> String {
    phrase(handle.callback, isFirst: handle.cause.kind == .taskCreated)
  }

  /// Whose sleep a future stands for that a timer resolves, or whose wait with a limit of time.
  func sleep(of future: FutureID) -> String {
    let owner: String
    var kind = Wait.Kind.sleep
    if let event = suspensions(on: future).last.map({ innermostSuspension($0) }),
      case .coroutineSuspended(let lane, let wait, _) = events[event].fact
    {
      owner = "\(label(of: lane))'s"
      kind = wait.kind
    } else {
      owner = "a"
    }
    return kind == .wait ? "\(owner) \(name(of: future))" : "\(owner) sleep"
  }

  /// Where an async generator waits, so does whoever goes through it, and is told first. Of those who came
  /// to wait for one future at once, the event of the innermost.
  func innermostSuspension(_ event: Int, before cursor: Int = .max) -> Int {
    guard case .coroutineSuspended(_, let wait, _) = events[event].fact, wait.future != .none
    else { return event }
    var last = event
    while last + 1 < min(cursor, events.count, event + linkLimit),
      case .coroutineSuspended(let lane, let next, _) = events[last + 1].fact,
      next.future == wait.future, isGenerator(lane)
    {
      last += 1
    }
    return last
  }

  /// Whether a lane is run by whoever asks it for the next value: neither a task's nor awaited.
  func isGenerator(_ lane: LaneID) -> Bool {
    self.lane(lane).map { $0.task == .none && $0.awaitedBy == .none } ?? false
  }

  private func name(of future: FutureID) -> String {
    self.future(future).map { text($0.name) } ?? "wait"
  }

  /// `, at demo.py:12`; nothing where it is unknown.
  func place(_ site: Site) -> String {
    let file = text(site.file)
    switch (file.isEmpty, site.line) {
    case (true, 0): return ""
    case (true, let line): return ", at line \(line)"
    case (false, 0): return ", in \(file)"
    case (false, let line): return ", at \(file):\(line)"
    }
  }

  /// `, defined at demo.py:4`: where a coroutine's code begins, and not where it was called.
  func definition(_ site: Site) -> String { place(site, after: "defined") }

  /// `, called at demo.py:12`.
  func place(_ site: Site, after verb: String) -> String {
    let place = place(site)
    return place.isEmpty ? "" : ", \(verb)" + place.dropFirst()
  }

  /// `, at line 12` where a lane stands; with the file's name if that is not the first lane's.
  func place(line: UInt32, of lane: LaneID) -> String {
    guard line > 0, laneCount > 0 else { return place(Site(file: .empty, line: line)) }
    let file = self.lane(lane)?.site.file ?? .empty
    let isMain = file == self.lane(laneID(at: 0))?.site.file
    return place(Site(file: isMain ? .empty : file, line: line))
  }
}

/// `1 handle`, `3 handles`.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
