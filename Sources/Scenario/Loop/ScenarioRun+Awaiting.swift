import Loop

extension ScenarioRun {
  func run(_ call: Call, _ frame: Frame) async throws -> Flow {
    switch call.head {
    case "try": return try await runTry(call, frame)
    case "repeat":
      for _ in 0..<max(0, Int(try number(call[1]))) {
        let flow = try await run(try call.block(2), frame)
        if case .returned = flow { return flow }
      }
    case "await": set(call[2], try await operand(call[1])(line: 0))
    case "sleep":
      try await sleep(try number(call[1]))
      set(call[2], try value(call[3]))
    case "wait":
      let when: ReturnWhen =
        switch call[3].text {
        case "FIRST_COMPLETED": .firstCompleted
        case "FIRST_EXCEPTION": .firstException
        default: .allCompleted
        }
      let (done, pending) = try await wait(
        try operands(call[1]), timeout: call[2].number, returnWhen: when)
      set(call[4], Value.list(done.map { .future($0) }))
      set(call[5], Value.list(pending.map { .future($0) }))
    case "wait_for":
      set(call[3], try await waitFor(try operand(call[1]), timeout: call[2].number))
    case "timeout":
      return try await timeout(call[1].number) { limit in
        set(call[2], limit)
        return try await run(try call.block(3), frame)
      }
    case "timeout_at":
      return try await timeoutAt(try moment(call[1])) { limit in
        set(call[2], limit)
        return try await run(try call.block(3), frame)
      }
    case "group":
      return try await taskGroup { group in
        set(call[1], group)
        return try await run(try call.block(2), frame)
      } ?? .next
    case "with": return try await runWith(call, frame)
    case "as_completed":
      for try await future in asCompleted(try operands(call[1]), timeout: call[2].number) {
        set(call[3], try await future())
        let flow = try await run(try call.block(4), frame)
        if case .returned = flow { return flow }
      }
    case "as_completed_async":
      for try await future in asCompleted(try operands(call[1]), timeout: call[2].number) {
        set(call[3], operand(of: future))
        let flow = try await run(try call.block(4), frame)
        if case .returned = flow { return flow }
      }
    case "to_thread":
      let function = try thread(call[1])
      set(call[2], try value(try await toThread(function.name) { try function.run() }))
    case "acquire", "wait_on", "wait_until", "put", "get", "join", "reset", "abort":
      try await runResource(call, frame)
    default:
      if let flow = try runAtOnce(call, frame) { return flow }
      throw note(ScenarioError("\(call.head) is no statement that scenarios know."))
    }
    return .next
  }

  private func runWith(_ call: Call, _ frame: Frame) async throws -> Flow {
    let block = try call.block(2)
    let resource: Any = try get(call[1])
    switch resource {
    case let lock as Lock: return try await lock.withLock { try await run(block, frame) }
    case let condition as Condition:
      return try await condition.withLock { try await run(block, frame) }
    case let semaphore as Semaphore:
      return try await semaphore.withPermit { try await run(block, frame) }
    case let barrier as Barrier:
      try await barrier.wait()
      return try await run(block, frame)
    default: throw note(ScenarioError("\(call[1].json) is nothing to stand in."))
    }
  }

  private func runResource(_ call: Call, _ frame: Frame) async throws {
    let resource: Any = try get(call[1])
    switch (call.head, resource) {
    case ("acquire", let lock as Lock): try await lock.acquire()
    case ("acquire", let condition as Condition): try await condition.acquire()
    case ("acquire", let semaphore as Semaphore): try await semaphore.acquire()
    case ("wait_on", let event as LoopEvent):
      try await event.wait()
      set(call[2], Value.bool(true))
    case ("wait_on", let condition as Condition):
      try await condition.wait()
      set(call[2], Value.bool(true))
    case ("wait_on", let barrier as Barrier): set(call[2], Value.int(try await barrier.wait()))
    case ("wait_until", let condition as Condition):
      let wanted = try value(call[3])
      try await condition.waitFor { try query(call[2], frame) == wanted }
    case ("put", let queue as Queue<Value>): try await queue.put(try value(call[2]))
    case ("get", let queue as Queue<Value>): set(call[2], try await queue.get())
    case ("join", let queue as Queue<Value>): try await queue.join()
    case ("reset", let barrier as Barrier): try await barrier.reset()
    case ("abort", let barrier as Barrier): try await barrier.abort()
    default: throw note(ScenarioError("\(call[1].json) knows no \(call.head)."))
    }
  }

  private func runTry(_ call: Call, _ frame: Frame) async throws -> Flow {
    let clauses = try call.parts.dropFirst(2).map { try Call($0) }
    let outcome: Result<Flow, any Error>
    do {
      outcome = .success(try await runGuarded(call, clauses, frame))
    } catch {
      // Not Python's: the loop takes the coroutine down, and nothing of it may run any more.
      guard error is any PythonError else { throw error }
      outcome = .failure(error)
    }
    if let last = clauses.first(where: { $0.head == "finally" }) {
      let depth = frame.handling.count
      if case .failure(let error) = outcome { frame.handling.append(error) }
      defer { frame.handling.removeLast(frame.handling.count - depth) }
      let flow = try await run(try last.block(1), frame)
      if case .returned = flow { return flow }
    }
    return try outcome.get()
  }

  private func runGuarded(_ call: Call, _ clauses: [Call], _ frame: Frame) async throws -> Flow {
    let flow: Flow
    do {
      flow = try await run(try call.block(1), frame)
    } catch {
      for clause in clauses
      where clause.head == "except" {
        guard try kind(clause[1]).catches(error) else { continue }
        frame.handling.append(error)
        defer { frame.handling.removeLast() }
        return try await run(try clause.block(2), frame)
      }
      throw error
    }
    if case .next = flow, let clause = clauses.first(where: { $0.head == "else" }) {
      return try await run(try clause.block(1), frame)
    }
    return flow
  }
}
