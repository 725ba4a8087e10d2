import Loop

/// A function that a scenario has another thread run, where nothing of the scenario can be touched.
struct ThreadFunction: Sendable {
  /// What stands in it.
  static let statements: Set = [
    "print", "raise", "return", "block", "call_soon_threadsafe", "run_coroutine_threadsafe",
  ]

  let name: String
  private let body: [Node]
  private let remote: EventLoop.Remote

  init(_ name: String, _ body: [Node], remote: EventLoop.Remote) throws(ScenarioError) {
    self.name = name
    self.body = body
    self.remote = remote
    for statement in body {
      let head = try Call(statement).head
      guard Self.statements.contains(head) else {
        throw ScenarioError("A thread cannot \(head).")
      }
    }
  }

  /// - Returns: what it returns, as the scenario has it.
  func run() throws -> Node {
    for statement in body {
      let call = try Call(statement)
      switch call.head {
      case "print": print(Value(constant: call[1])?.text ?? "")
      case "block": timeSleep(call[1].number ?? 0)
      case "raise":
        throw try ErrorKind(rawValue: call[1].text ?? "")?.error(call[2].text ?? "")
          ?? RuntimeError("No active exception to reraise")
      case "call_soon_threadsafe": remote.callSoonThreadsafe(callback: call[1])
      case "run_coroutine_threadsafe":
        let future = remote.run(coroutine: call[1])
        if call[2] == true { try future.result() }
      default: return call[1]
      }
    }
    return .null
  }
}

extension EventLoop.Remote {
  /// Has the loop call a callback of the scenario that runs on it.
  func callSoonThreadsafe(callback: Node) {
    callSoonThreadsafe(callback.text ?? "") {
      let run = EventLoop.running?.program as? ScenarioRun
      try run?.callback(callback).body()
    }
  }
}

extension EventLoop.Remote {
  /// Has the loop run a coroutine of the scenario that runs on it.
  fileprivate func run(coroutine: Node) -> ConcurrentFuture<Void> {
    runCoroutineThreadsafe {
      guard let run = EventLoop.running?.program as? ScenarioRun, let name = coroutine.text else {
        throw ScenarioError("\(coroutine.json) is no coroutine.")
      }
      return run.coroutine(name)
    } as: { _ in
    }
  }
}

extension ScenarioRun {
  func thread(_ name: Node) throws -> ThreadFunction {
    guard let text = name.text, let body = scenario.threads[text] else {
      throw note(ScenarioError("\(name.json) is no function for a thread."))
    }
    do {
      return try ThreadFunction(text, body, remote: loop.workRemote)
    } catch {
      throw note(error)
    }
  }
}
