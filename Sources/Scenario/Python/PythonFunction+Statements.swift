extension PythonFunction {
  mutating func statement(_ node: Node) throws(ScenarioError) -> [String] {
    let call = try Call(node)
    if isThread, !ThreadFunction.statements.contains(call.head) { throw refusal(of: call.head) }
    if isProgram, !Self.programStatements.contains(call.head) { throw refusal(of: call.head) }
    switch call.head {
    case "print": return ["print(\(try value(call[1])))"]
    case "show": return ["print(text(\(try query(call[1]))))"]
    case "let": return try assign(call[1], try operand(call[2]))
    case "set": return try assign(call[1], try value(call[2]))
    case "return":
      let value = try value(call[1])
      guard isCoroutine else { return ["return \(value)"] }
      return help == .all ? ["_value = \(value)", "return _value"] : ["return \(value)"]
    case "raise":
      return call[1] == .null ? ["raise"] : ["raise \(try exception(call[1], call[2]))"]
    case "try" where isCoroutine: return try tryStatement(call)
    case "repeat" where isCoroutine:
      return ["for _ in range(\(try number(call[1]))):"] + (try inner(call, 2))
    case "new": return try assign(call[1], try resource(call))
    case "call_soon": return try assign(call[2], "loop.call_soon(\(try name(call[1])))")
    case "call_later":
      return try assign(call[3], "loop.call_later(\(try number(call[1])), \(try name(call[2])))")
    case "call_at":
      return try assign(call[3], "loop.call_at(\(try moment(call[1])), \(try name(call[2])))")
    case "cancel_handle": return ["\(try name(call[1])).cancel()"]
    case "done_callback":
      return ["\(try operand(call[1])).add_done_callback(\(try name(call[2])))"]
    case "set_result": return ["\(try name(call[1])).set_result(\(try value(call[2])))"]
    case "set_exception":
      return ["\(try name(call[1])).set_exception(\(try exception(call[2], call[3])))"]
    case "spawn":
      let keywords = try keywords(call[4], call[5])
      return try assign(
        call[2], "\(try name(call[1])).create_task(\(try operand(call[3]))\(keywords))")
    case "cancel_group": return ["\(try name(call[1])).cancel()"]
    case "put_nowait": return ["\(try name(call[1])).put_nowait(\(try value(call[2])))"]
    case "reschedule": return ["\(try name(call[1])).reschedule(\(try moment(call[2])))"]
    case "shutdown": return ["\(try name(call[1])).shutdown(\(call[2] == true ? "True" : ""))"]
    case "task_done", "release", "set_event", "clear", "notify", "notify_all", "stop":
      return [try simple(call)]
    case "exception_handler":
      let handler = call[1] == .null ? "None" : "handler(\(try name(call[1])))"
      return ["loop.set_exception_handler(\(handler))"]
    case "report":
      let error = call[2] == .null ? "" : ", 'exception': \(try exception(call[2], call[3]))"
      return ["loop.call_exception_handler({'message': \(try value(call[1]))\(error)})"]
    case "eager_tasks": return ["loop.set_task_factory(asyncio.eager_task_factory)"]
    case "block" where isThread && help != .none: return ["yield \(try number(call[1]))"]
    case "block": return ["time.sleep(\(try number(call[1])))"]
    case "call_soon_threadsafe": return ["loop.call_soon_threadsafe(\(try name(call[1])))"]
    case "run_coroutine_threadsafe" where isThread:
      let future = "asyncio.run_coroutine_threadsafe(\(try name(call[1]))(), loop)"
      guard call[2] == true else { return [future] }
      return [help == .none ? "\(future).result()" : "yield from _result(\(future))"]
    case "drop": return try assign(call[1], "None")
    case "set_name":
      return ["\(try operand(call[1])).set_name(\(try value(call[2])))"]
    case "run_forever" where isProgram: return ["loop.run_forever()"]
    case "run_until_complete" where isProgram:
      return try assign(call[2], "loop.run_until_complete(\(try operand(call[1])))")
    default: break
    }
    if let expression = try? query(node) { return [expression] }
    guard isCoroutine else { throw refusal(of: call.head) }
    return try awaiting(call)
  }

  private mutating func inner(_ call: Call, _ index: Int) throws(ScenarioError) -> [String] {
    indented(try block(try call.block(index)))
  }

  private func simple(_ call: Call) throws(ScenarioError) -> String {
    switch call.head {
    case "stop": "loop.stop()"
    case "set_event": "\(try name(call[1])).set()"
    case "notify": "\(try name(call[1])).notify(\(call[2] == .null ? "" : try number(call[2])))"
    default: "\(try name(call[1])).\(call.head)()"
    }
  }

  private mutating func tryStatement(_ call: Call) throws(ScenarioError) -> [String] {
    let before = nextValue()
    var lines = help == .all ? ["\(before) = _value"] : []
    lines += ["try:"] + (try inner(call, 1))
    var hasHandler = false
    for clause in call.parts.dropFirst(2) {
      let clause = try Call(clause)
      switch clause.head {
      case "except":
        hasHandler = true
        lines.append("except \(try exceptionType(clause[1])) as error:")
        // A return that did not come about is not told.
        if help == .all { lines += indented(["_value = \(before)"]) }
        lines += try inner(clause, 2)
      case "else" where hasHandler: lines += ["else:"] + (try inner(clause, 1))
      case "finally":
        hasHandler = true
        lines += ["finally:"] + (try inner(clause, 1))
      default: throw ScenarioError("try knows no \(clause.head).")
      }
    }
    guard hasHandler else { throw ScenarioError("try wants an except or a finally.") }
    return lines
  }

  private func resource(_ call: Call) throws(ScenarioError) -> String {
    let number = call[3] == .null ? "" : try number(call[3])
    switch call[2].text {
    case "lock": return "asyncio.Lock()"
    case "event": return "asyncio.Event()"
    case "condition":
      return "asyncio.Condition(\(call[3] == .null ? "" : try name(call[3])))"
    case "semaphore": return "asyncio.Semaphore(\(number))"
    case "bounded_semaphore": return "asyncio.BoundedSemaphore(\(number))"
    case "barrier" where !number.isEmpty: return "asyncio.Barrier(\(number))"
    case "queue": return "asyncio.Queue(\(number))"
    case "lifo_queue": return "asyncio.LifoQueue(\(number))"
    case "priority_queue": return "asyncio.PriorityQueue(\(number))"
    default: throw ScenarioError("\(call[2].json) is nothing that can be made.")
    }
  }

  private mutating func awaiting(_ call: Call) throws(ScenarioError) -> [String] {
    switch call.head {
    case "await": return try assign(call[2], "await \(try operand(call[1]))")
    case "sleep":
      let result = call[3] == .null ? "" : ", \(try value(call[3]))"
      return try assign(call[2], "await asyncio.sleep(\(try number(call[1]))\(result))")
    case "wait":
      let when = call[3] == .null ? "ALL_COMPLETED" : call[3].text ?? ""
      guard ["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"].contains(when) else {
        throw ScenarioError("wait does not return at \(call[3].json).")
      }
      let timeout = call[2] == .null ? "" : ", timeout=\(try number(call[2]))"
      let names = try [call[4], call[5]].map { node throws(ScenarioError) in
        node == .null ? "_" : try bind(node)
      }
      return [
        "\(names[0]), \(names[1]) = await asyncio.wait([\(try operands(call[1]))]\(timeout), "
          + "return_when=asyncio.\(when))"
      ]
    case "wait_for":
      return try assign(
        call[3], "await asyncio.wait_for(\(try operand(call[1])), \(try number(call[2])))")
    case "timeout", "timeout_at":
      let limit = call.head == "timeout" ? try number(call[1]) : try moment(call[1])
      return ["async with asyncio.\(call.head)(\(limit)) as \(try bind(call[2])):"]
        + (try inner(call, 3))
    case "group":
      return ["async with asyncio.TaskGroup() as \(try bind(call[1])):"] + (try inner(call, 2))
    case "with": return ["async with \(try name(call[1])):"] + (try inner(call, 2))
    case "as_completed":
      let timeout = call[2] == .null ? "" : ", timeout=\(try number(call[2]))"
      let body = try assign(call[3], "await _next") + (try block(try call.block(4)))
      return ["for _next in asyncio.as_completed([\(try operands(call[1]))]\(timeout)):"]
        + indented(body)
    case "as_completed_async":
      let timeout = call[2] == .null ? "" : ", timeout=\(try number(call[2]))"
      let members = try operands(call[1])
      return ["async for \(try bind(call[3])) in asyncio.as_completed([\(members)]\(timeout)):"]
        + (try inner(call, 4))
    case "acquire": return ["await \(try name(call[1])).acquire()"]
    case "wait_on": return try assign(call[2], "await \(try name(call[1])).wait()")
    case "wait_until":
      let condition = "lambda: \(try query(call[2])) == \(try value(call[3]))"
      return ["await \(try name(call[1])).wait_for(\(condition))"]
    case "to_thread":
      return try assign(call[2], "await asyncio.to_thread(\(try name(call[1])))")
    case "put": return ["await \(try name(call[1])).put(\(try value(call[2])))"]
    case "get": return try assign(call[2], "await \(try name(call[1])).get()")
    case "join": return ["await \(try name(call[1])).join()"]
    case "reset", "abort": return ["await \(try name(call[1])).\(call.head)()"]
    default: throw ScenarioError("\(call.head) is no statement that scenarios know.")
    }
  }

  /// What can be asked for without waiting.
  func query(_ node: Node) throws(ScenarioError) -> String {
    if node.text == "error" { return "error" }
    if node.text != nil { return try name(node) }
    let call = try Call(node)
    switch call.head {
    case "done", "cancelled", "cancelling", "result", "exception", "uncancel":
      return "\(try operand(call[1])).\(call.head)()"
    case "cancel":
      let message = call[2].text.map(pythonLiteral) ?? ""
      return "\(try operand(call[1])).cancel(\(message))"
    case "when": return "(\(try name(call[1])).when() - 1000)"
    case "name": return "\(try operand(call[1])).get_name()"
    case "locked", "is_set", "qsize", "empty", "full", "expired", "get_nowait":
      return "\(try name(call[1])).\(call.head)()"
    case "n_waiting", "broken": return "\(try name(call[1])).\(call.head)"
    case "remove_callback":
      return "\(try operand(call[1])).remove_done_callback(\(try name(call[2])))"
    case "all_tasks": return "all_tasks()"
    case "reported": return "reported()"
    case "current": return "asyncio.current_task()"
    case "time": return "round(loop.time() - 1000, 9)"
    default: throw ScenarioError("\(node.json) is nothing that can be asked for.")
    }
  }
}
