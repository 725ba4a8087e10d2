import Trace

extension EventLoop {
  /// Mirrors `loop.run_in_executor`: runs a function on another thread.
  ///
  /// On a virtual clock the clock does not move until the threads are done, and what they did takes
  /// the time that they slept with ``timeSleep(_:)``: each run is the same.
  ///
  /// - Parameters:
  ///   - executor: nil is the loop's own.
  ///   - name: what the screen calls it.
  /// - Returns: a future. Cancelling it takes the function back if no thread has begun it.
  public func runInExecutor<Value: Sendable>(
    _ executor: ThreadPoolExecutor? = nil, _ name: String = "function",
    _ body: @escaping @Sendable () throws -> Value
  ) throws -> Future<Value> {
    counters.work += 1
    let id = counters.work
    let work = ThreadWork(
      id: id, mailbox: self.executor.mailbox, isVirtual: clock.kind == .virtual, body: body)
    guard (executor ?? ownExecutor).submit({ work.run() }) else {
      throw RuntimeError("cannot schedule new futures after shutdown")
    }
    let future = ThreadFuture(of: work, loop: self)
    outsideWork.add(
      OutsideWork.Entry(
        id: id, name: name, since: clock.now, isDone: { work.isDone },
        duration: { work.duration }, said: { work.said },
        deliver: {
          if !future.isDone, let outcome = work.outcome { future.finish(outcome) }
        }))
    return future
  }

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
public func toThread<Value: Sendable>(
  _ name: String = "function", line: UInt32 = #line, _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
  let loop = runningLoop()
  try loop.require(loop.profile.hasToThread, "to_thread")
  return try await loop.runInExecutor(nil, name, body).callAsFunction(line: line)
}

private final class ThreadFuture<Value: Sendable>: Future<Value> {
  private let work: ThreadWork<Value>

  init(of work: ThreadWork<Value>, loop: EventLoop) {
    self.work = work
    super.init(loop: loop, kind: "thread", waitKind: .thread)
  }

  @discardableResult
  override func cancel(_ message: String = "") -> Bool {
    guard super.cancel(message) else { return false }
    work.cancel()
    return true
  }
}
