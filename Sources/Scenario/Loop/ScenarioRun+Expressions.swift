import Loop

extension ScenarioRun {
  func value(_ node: Node) throws -> Value {
    if let constant = Value(constant: node) { return constant }
    guard let list = node.list, list.count == 2, list[0] == "var" else {
      throw note(ScenarioError("\(node.json) is no value."))
    }
    return try variable(list[1])
  }

  /// A variable of any type, as a value.
  private func variable(_ node: Node) throws -> Value {
    let value: Any = try get(node)
    if let operand = value as? Operand {
      return (operand.base as? AnyFuture).map { .future($0) } ?? .text("coroutine")
    }
    guard let value = value as? Value else {
      throw note(ScenarioError("\(node.json) is no value."))
    }
    return value
  }

  func number(_ node: Node) throws -> Double {
    guard let number = node.number else { throw note(ScenarioError("\(node.json) is no number.")) }
    return number
  }

  func count(_ node: Node, default fallback: Int) throws -> Int {
    node == .null ? fallback : Int(try number(node))
  }

  func flag(_ node: Node) throws -> Bool? {
    switch node {
    case .null: return nil
    case .bool(let flag): return flag
    default: throw note(ScenarioError("\(node.json) is neither true nor false."))
    }
  }

  func moment(_ node: Node) throws -> Int64? {
    node == .null ? nil : loop.time + Int64(try number(node) * 1e9)
  }

  func error(_ type: Node, _ message: Node) throws -> any Error {
    try kind(type).error(message.text ?? "")
  }

  func kind(_ type: Node) throws -> ErrorKind {
    guard let kind = type.text.flatMap(ErrorKind.init) else {
      throw note(ScenarioError("\(type.json) is no exception that scenarios know."))
    }
    return kind
  }

  func operands(_ node: Node) throws -> [Operand] {
    guard let list = node.list else { throw note(ScenarioError("\(node.json) is no list.")) }
    return try list.map { try operand($0) }
  }

  func operand(_ node: Node) throws -> Operand {
    if node.text != nil { return try get(node) }
    let call = try Call(node)
    guard EventLoop.running != nil || Self.operandsOutside.contains(call.head) else {
      throw note(ScenarioError("\(node.json) makes no sense while the loop does not run."))
    }
    switch call.head {
    case "call":
      guard let name = call[1].text, scenario.coroutines[name] != nil else {
        throw note(ScenarioError("\(call[1].json) is no coroutine."))
      }
      return operand(of: coroutine(name))
    case "gather":
      let members = try operands(call[1])
      let returns = call[2] == true
      let gather = gathering(members, returnExceptions: returns) { futures in
        let results = futures.map(\.gathered)
        guard returns else {
          return Result { Value.list(try results.map { try $0.get() }) }
        }
        return .success(
          .list(
            results.map { result in
              switch result {
              case .success(let value): value
              case .failure(let error): .error(error)
              }
            }))
      }
      gathers.append(WeakFuture(future: gather))
      return operand(of: gather)
    case "gather_tuple":
      guard let members = call[1].list, !members.isEmpty else {
        throw note(ScenarioError("gather_tuple wants a member."))
      }
      let arguments = try members.map { GatherArgument(try operand($0)) }
      let gather = gathering(arguments) { futures in
        Result { Value.list(try futures.map { try ($0 as? Future<Value>)?.result() ?? .none }) }
      }
      gathers.append(WeakFuture(future: gather))
      return operand(of: gather)
    case "shield": return operand(of: shield(try operand(call[1])))
    case "ensure_future": return operand(of: ensureFuture(try operand(call[1])))
    case "task":
      let coroutine = try fresh(call[1])
      try requireRunningLoop()
      guard let eager = try flag(call[3]) else {
        return operand(of: createTask(coroutine, name: call[2].text))
      }
      return operand(of: try createTask(coroutine, name: call[2].text, eagerStart: eager))
    case "loop_task":
      let coroutine = try fresh(call[1])
      guard let eager = try flag(call[3]) else {
        return operand(of: loop.createTask(coroutine, name: call[2].text))
      }
      return operand(
        of: try loop.createTask(coroutine, name: call[2].text, eagerStart: eager))
    case "eager_task": return operand(of: LoopTask(try fresh(call[1]), eagerStart: true))
    case "future": return operand(of: loop.createFuture(of: Value.self))
    case "current": return operand(of: try current())
    case "run_in_executor":
      let function = try thread(call[1])
      let future = try loop.runInExecutor(nil, function.name, { try function.run() }) {
        Value(constant: $0) ?? .none
      }
      threadFutures.append(future)
      return operand(of: future)
    default: throw note(ScenarioError("\(node.json) is nothing to await."))
    }
  }

  /// What can be made while the loop does not run. Python refuses `create_task` there.
  private static let operandsOutside: Set = ["call", "loop_task", "future", "task"]

  /// The coroutine that a task is to be made of.
  func fresh(_ node: Node) throws -> Coroutine<Value> {
    guard let coroutine = try operand(node).base as? Coroutine<Value> else {
      throw note(ScenarioError("\(node.json) is no coroutine."))
    }
    return coroutine
  }

  func current() throws -> LoopTask<Value> {
    guard let task = currentTask() as? LoopTask<Value> else {
      throw note(ScenarioError("No task runs where the current one is asked for."))
    }
    return task
  }

  func future(_ node: Node) throws -> AnyFuture {
    guard let future = try operand(node).base as? AnyFuture else {
      throw note(ScenarioError("\(node.json) is no future."))
    }
    return future
  }

  func task(_ node: Node) throws -> any AnyLoopTask {
    guard let task = try future(node) as? any AnyLoopTask else {
      throw note(ScenarioError("\(node.json) is no task."))
    }
    return task
  }

  // MARK: What can be asked for without waiting

  /// - Returns: nil for what is no query.
  func query(_ node: Node, _ frame: Frame) throws -> Value? {
    if node == "error" { return frame.handling.last.map { .error($0) } }
    if node.text != nil { return try variable(node) }
    let call = try Call(node)
    switch call.head {
    case "done": return .bool(try future(call[1]).isDone)
    case "cancelled":
      if let handle = call[1].text.flatMap({ variables[$0] }) as? Handle {
        return .bool(handle.isCancelled)
      }
      return .bool(try future(call[1]).isCancelled)
    case "when": return .real(Double(try get(call[1], as: TimerHandle.self).when) / 1e9)
    case "cancelling": return .int(try task(call[1]).cancelling)
    case "uncancel": return .int(try task(call[1]).uncancel())
    case "result": return try (future(call[1]) as? Future<Value>)?.result()
    case "exception": return try future(call[1]).exception().map { .error($0) } ?? Value.none
    case "cancel": return .bool(try future(call[1]).cancel(call[2].text ?? ""))
    case "name": return .text(try task(call[1]).name)
    case "locked":
      let lock: Any = try get(call[1])
      return .bool(
        (lock as? Lock)?.locked ?? (lock as? Condition)?.locked ?? (lock as? Semaphore)?.locked
          ?? false)
    case "is_set": return .bool(try get(call[1], as: LoopEvent.self).isSet)
    case "qsize": return .int(try get(call[1], as: Queue<Value>.self).qsize)
    case "empty": return .bool(try get(call[1], as: Queue<Value>.self).empty)
    case "full": return .bool(try get(call[1], as: Queue<Value>.self).full)
    case "get_nowait": return try get(call[1], as: Queue<Value>.self).getNowait()
    case "expired": return .bool(try get(call[1], as: Timeout.self).expired)
    case "n_waiting": return .int(try get(call[1], as: Barrier.self).nWaiting)
    case "broken": return .bool(try get(call[1], as: Barrier.self).broken)
    case "remove_callback":
      let future = try future(call[1])
      let callbacks = doneCallbacks[ObjectIdentifier(future)]?[call[2].text ?? ""] ?? []
      return .int(callbacks.reduce(0) { $0 + future.removeDoneCallback($1) })
    case "reported": return reported
    case "all_tasks":
      try requireRunningLoop()
      return .list(allTasks().map { .future($0) })
    case "current": return .future(try current())
    case "time": return .real(Double(loop.time) / 1e9)
    default: return nil
    }
  }
}
