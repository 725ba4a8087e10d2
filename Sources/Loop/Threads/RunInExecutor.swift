import Trace

extension EventLoop {
  /// Mirrors `loop.run_in_executor`: runs a function on another thread.
  ///
  /// On a virtual clock the clock does not move until the threads are done, and what they did takes
  /// the time that they slept with ``timeSleep(_:)``: each run is the same. Every function begins at
  /// once there, however many threads there are.
  ///
  /// - Parameters:
  ///   - executor: nil is the loop's own.
  ///   - name: what the screen calls it.
  /// - Returns: a future. When it is cancelled, a handle takes the function back if no thread has
  ///   begun it; up to 3.13.11 and 3.14.2 a second one hears of that, and does nothing.
  /// - Throws: ``RuntimeError`` if the executor was shut down.
  public func runInExecutor<Value: Sendable>(
    _ executor: ThreadPoolExecutor? = nil, _ name: String = "function",
    _ body: @escaping @Sendable () throws -> Value
  ) throws -> Future<Value> {
    try runInExecutor(executor, name, body) { $0 }
  }

  /// Mirrors `loop.run_in_executor` for a result that may not pass from thread to thread.
  ///
  /// - Parameter value: makes it on the loop's thread, of what the function gives.
  package func runInExecutor<Answer: Sendable, Value>(
    _ executor: ThreadPoolExecutor? = nil, _ name: String = "function",
    _ body: @escaping @Sendable () throws -> Answer, as value: @escaping (Answer) -> Value
  ) throws -> Future<Value> {
    counters.work += 1
    let id = counters.work
    let pool = executor ?? ownExecutor
    let work = ThreadWork(
      id: id, pool: pool, mailbox: self.executor.mailbox, isVirtual: clock.kind == .virtual,
      since: clock.now, body: body)
    guard pool.submit({ work.run() }) else {
      throw RuntimeError("cannot schedule new futures after shutdown")
    }
    let future = Future<Value>(loop: self, kind: "thread", waitKind: .thread)
    future.addDoneCallback("check cancel") { future in
      if future.isCancelled, work.cancel() { future.loop.takeBackOutsideWork(id) }
    }
    outsideWork.add(
      OutsideWork.Entry(
        id: id, name: name, since: clock.now, isDone: { work.isDone },
        isWaiting: { work.isWaiting }, duration: { work.duration },
        takeDeeds: { work.takeDeeds() },
        deliver: {
          if !future.isDone, let outcome = work.outcome { future.finish(outcome.map(value)) }
        }))
    return future
  }

  /// Mirrors `loop.set_default_executor`. The loop shuts it down when it is closed.
  public func setDefaultExecutor(_ executor: ThreadPoolExecutor) { defaultExecutor = executor }

  /// Mirrors `loop.shutdown_default_executor` (3.9 on): waits for its threads.
  public func shutdownDefaultExecutor() {
    defaultExecutor?.shutdown()
    defaultExecutor = nil
  }

  private var ownExecutor: ThreadPoolExecutor {
    if let defaultExecutor { return defaultExecutor }
    let made = ThreadPoolExecutor()
    defaultExecutor = made
    return made
  }
}

/// Mirrors `asyncio.to_thread` (3.9 on): runs a function on another thread and waits for it, while
/// the loop runs on.
///
/// - Parameter name: what the screen calls it.
/// - Throws: what the function throws; ``CancelledError``; ``AttributeError`` before 3.9.
@discardableResult
public func toThread<Value: Sendable>(
  _ name: String = "function", line: UInt32 = #line, _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
  let loop = try getRunningLoop()
  try loop.require(loop.profile.hasToThread, "to_thread")
  return try await loop.runInExecutor(nil, name, body).callAsFunction(line: line)
}
