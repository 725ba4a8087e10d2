import Loop

extension ScenarioRun {
  /// Runs a statement that does not await.
  ///
  /// - Returns: nil for what is no such statement.
  func runAtOnce(_ call: Call, _ frame: Frame) throws -> Flow? {
    switch call.head {
    case "print": print(try value(call[1]).text)
    case "show":
      guard let value = try query(call[1], frame) else {
        throw note(ScenarioError("\(call[1].json) is nothing that can be shown."))
      }
      print(value.text)
    case "let": set(call[1], try operand(call[2]))
    case "set": set(call[1], try value(call[2]))
    case "drop": set(call[1], Value.none)
    case "return": return .returned(try value(call[1]))
    case "raise":
      if call[1] != .null { throw try error(call[1], call[2]) }
      throw frame.handling.last ?? RuntimeError("No active exception to reraise")
    case "new": set(call[1], try resource(call))
    case "call_soon":
      let callback = try callback(call[1])
      set(call[2], loop.callSoon(callback.name, callback.body))
    case "call_later":
      let callback = try callback(call[2])
      set(call[3], loop.callLater(try number(call[1]), callback.name, callback.body))
    case "call_at":
      let callback = try callback(call[2])
      set(call[3], loop.callAt(try moment(call[1]) ?? 0, callback.name, callback.body))
    case "cancel_handle": try get(call[1], as: Handle.self).cancel()
    case "done_callback":
      let future = try future(call[1])
      let callback = try callback(call[2])
      let added = future.addDoneCallback(callback.name) { _ in try callback.body() }
      doneCallbacks[ObjectIdentifier(future), default: [:]][callback.name, default: []]
        .append(added)
    case "set_result":
      try (future(call[1]) as? Future<Value>)?.setResult(try value(call[2]))
    case "set_exception":
      try (future(call[1]) as? Future<Value>)?.setException(try error(call[2], call[3]))
    case "spawn":
      let group = try get(call[1], as: LoopTaskGroup.self)
      let task = try group.createTask(
        try fresh(call[3]), name: call[4].text, eagerStart: try flag(call[5]))
      set(call[2], operand(of: task))
    case "cancel_group": try get(call[1], as: LoopTaskGroup.self).cancel()
    case "put_nowait": try get(call[1], as: Queue<Value>.self).putNowait(try value(call[2]))
    case "task_done": try get(call[1], as: Queue<Value>.self).taskDone()
    case "shutdown":
      try get(call[1], as: Queue<Value>.self).shutdown(immediate: call[2] == true)
    case "reschedule": try get(call[1], as: Timeout.self).reschedule(try moment(call[2]))
    case "release": try release(call[1])
    case "set_event": try get(call[1], as: LoopEvent.self).set()
    case "clear": try get(call[1], as: LoopEvent.self).clear()
    case "notify": try get(call[1], as: Condition.self).notify(try count(call[2], default: 1))
    case "notify_all": try get(call[1], as: Condition.self).notifyAll()
    case "stop": loop.stop()
    case "call_soon_threadsafe": loop.workRemote.callSoonThreadsafe(callback: call[1])
    case "exception_handler": try setExceptionHandler(call[1])
    case "report":
      let error = call[2] == .null ? nil : try error(call[2], call[3])
      try loop.callExceptionHandler(
        ExceptionContext(try value(call[1]).text, exception: error))
    case "set_name":
      let task = try task(call[1])
      task.name = try value(call[2]).text
    case "eager_tasks": try loop.setTaskFactory(.eager)
    case "block": timeSleep(try number(call[1]))
    default: return try query(.list(call.parts), frame) == nil ? nil : .next
    }
    return .next
  }

  /// Does what is done while the loop does not run.
  func runProgram() throws {
    func result(of main: some Awaitable<Value>) throws -> Value {
      try loop.runUntilComplete(main)
    }
    for statement in scenario.program {
      let call: Call
      do { call = try Call(statement) } catch { throw note(error) }
      guard PythonFunction.programStatements.contains(call.head) else {
        throw note(ScenarioError("A program cannot \(call.head)."))
      }
      switch call.head {
      case "run_forever": try loop.runForever()
      case "run_until_complete":
        let main = try operand(call[1]).base
        set(call[2], try result(of: main))
      default: _ = try runAtOnce(call, Frame())
      }
    }
  }

  private func release(_ node: Node) throws {
    let resource: Any = try get(node)
    switch resource {
    case let lock as Lock: try lock.release()
    case let condition as Condition: try condition.release()
    case let semaphore as Semaphore: try semaphore.release()
    default: throw note(ScenarioError("\(node.json) cannot be released."))
    }
  }

  private func resource(_ call: Call) throws -> Any {
    switch call[2].text {
    case "lock": Lock()
    case "event": LoopEvent()
    case "condition":
      Condition(lock: call[3] == .null ? nil : try get(call[3], as: Lock.self))
    case "semaphore": try Semaphore(try count(call[3], default: 1))
    case "bounded_semaphore": try BoundedSemaphore(try count(call[3], default: 1))
    case "barrier": try Barrier(try count(call[3], default: 1))
    case "queue": Queue<Value>(maxsize: try count(call[3], default: 0))
    case "lifo_queue": LifoQueue<Value>(maxsize: try count(call[3], default: 0))
    case "priority_queue": PriorityQueue<Value>(maxsize: try count(call[3], default: 0))
    default: throw note(ScenarioError("\(call[2].json) is nothing that can be made."))
    }
  }
}
