import Trace

/// Mirrors `asyncio.wait_for`: awaits with a limit of time, and cancels what took too long.
///
/// From 3.12 on it is ``timeout(_:_:)`` around an await: a coroutine runs inside the task that
/// waits. Before, a coroutine became a task of its own, and 3.6 did not wait for its cancellation.
///
/// - Parameter timeout: seconds; nil sets no limit.
/// - Throws: ``TimeoutError``; what the awaitable throws; ``CancelledError``.
@discardableResult
public func waitFor<A: Awaitable>(
  _ awaitable: A, timeout seconds: Double?, line: UInt32 = #line
) async throws -> A.Value {
  let loop = try getRunningLoop()
  if let seconds, seconds <= 0, loop.profile.waitForChecksTimeoutFirst {
    return try await withoutTime(awaitable, line: line)
  }
  if loop.profile.waitForIsTimeout {
    let when = seconds.map { loop.moment(after: $0) }
    return try await Timeout(when: when).run { _ in
      try await awaitable.callAsFunction(line: line)
    }
  }
  guard let seconds else { return try await awaitable.callAsFunction(line: line) }
  return try await byWaiter(awaitable, seconds: seconds, line: line)
}

/// The way of `wait_for` where no time is given: takes a result that is there already.
private func withoutTime<A: Awaitable>(_ awaitable: A, line: UInt32) async throws -> A.Value {
  let loop = try getRunningLoop()
  let future = awaitable.ensureFuture(on: loop)
  if future.isDone { return try future.result() }
  guard loop.profile.waitForAlwaysAwaitsCancelledTask else {
    future.cancel()
    throw TimeoutError()
  }
  try await cancelAndWait(for: future, line: line)
  let late = try lateResult(of: future)
  guard loop.profile.waitForTakesLateResult else { throw TimeoutError() }
  return late
}

/// The way of `wait_for` up to 3.11: a waiter that the task or the timer resolves.
private func byWaiter<A: Awaitable>(
  _ awaitable: A, seconds: Double, line: UInt32
) async throws -> A.Value {
  let loop = try getRunningLoop()
  let waiter = Waiter(loop: loop, kind: "wait_for", waitKind: .wait)
  let timer = loop.schedule(.setResult(waiter), at: loop.moment(after: seconds))
  defer { if !waiter.timerHasRun { loop.cancelHandle(timer) } }
  let future = awaitable.ensureFuture(on: loop)
  let release = waiter.release(when: future)
  do {
    try await waiter(line: line)
  } catch let error as CancelledError {
    if future.isDone, loop.profile.waitForAlwaysAwaitsCancelledTask { return try future.result() }
    future.removeCallback(of: release)
    if loop.profile.waitForAlwaysAwaitsCancelledTask {
      try await cancelAndWait(for: future, line: line)
    } else {
      future.cancel()
    }
    throw error
  }
  if future.isDone { return try future.result() }
  future.removeCallback(of: release)
  guard loop.profile.waitForAwaitsCancelledTask else {
    future.cancel()
    throw TimeoutError()
  }
  try await cancelAndWait(for: future, line: line)
  guard loop.profile.waitForTakesLateResult else { throw TimeoutError() }
  return try lateResult(of: future)
}

/// What a future that was cancelled for lack of time has to say.
private func lateResult<Value>(of future: Future<Value>) throws -> Value {
  do {
    return try future.result()
  } catch is CancelledError {
    throw TimeoutError()
  }
}

/// Mirrors `asyncio.tasks._cancel_and_wait`.
private func cancelAndWait<Value>(for future: Future<Value>, line: UInt32) async throws {
  let waiter = Waiter(loop: future.loop, kind: "cancel and wait", waitKind: .wait)
  let release = waiter.release(when: future)
  defer { future.removeCallback(of: release) }
  future.cancel()
  try await waiter(line: line)
}
