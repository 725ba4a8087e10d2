/// What a coroutine can await: a ``Coroutine``, a ``Future``, a ``LoopTask``.
public protocol Awaitable<Value>: AnyObject {
  associatedtype Value

  /// Awaits it, as Python's `await` does: `try await meow(3)()`.
  ///
  /// - Parameter line: where the awaiting code stands.
  func callAsFunction(line: UInt32) async throws -> Value

  /// Mirrors `asyncio.ensure_future` on a given loop: a coroutine becomes a task, whose first step
  /// is scheduled and not run; a future or a task is itself.
  func ensureFuture(on loop: EventLoop) -> Future<Value>

  /// Whether it is a bare coroutine: `asyncio.iscoroutine`.
  var isCoroutine: Bool { get }
}

/// Mirrors `asyncio.ensure_future` on the running loop.
///
/// - Precondition: an event loop is running on this thread.
public func ensureFuture<A: Awaitable>(_ awaitable: A) -> Future<A.Value> {
  awaitable.ensureFuture(on: runningLoop())
}

/// Mirrors `asyncio.create_task`: the task's first step is scheduled, and not run unless the loop
/// starts tasks eagerly.
///
/// - Parameter name: `Task-1`, `Task-2` … where nil.
/// - Precondition: an event loop is running on this thread.
@discardableResult
public func createTask<Value>(_ coroutine: Coroutine<Value>, name: String? = nil)
  -> LoopTask<Value>
{
  LoopTask(coroutine, loop: runningLoop(), name: name)
}

/// Mirrors `asyncio.create_task(coro, eager_start=…)` (3.14 on), which says whether the task takes its
/// first step at once, whatever the loop's task factory would do.
///
/// - Throws: ``TypeError`` before 3.14.
/// - Precondition: an event loop is running on this thread.
@discardableResult
public func createTask<Value>(
  _ coroutine: Coroutine<Value>, name: String? = nil, eagerStart: Bool
) throws -> LoopTask<Value> {
  try runningLoop().createTask(coroutine, name: name, eagerStart: eagerStart)
}

/// Mirrors `asyncio.get_running_loop`.
///
/// - Throws: ``RuntimeError`` where no event loop is running on this thread.
public func getRunningLoop() throws -> EventLoop {
  guard let loop = CurrentLoop.loop else { throw RuntimeError("no running event loop") }
  return loop
}

/// The running loop of a function that makes no sense without one.
func runningLoop() -> EventLoop {
  guard let loop = CurrentLoop.loop else {
    // What `preconditionFailure` says is not printed in a release build.
    fatalError(
      "no running event loop on this thread: only coroutines and callbacks of a loop may call this, "
        + "other threads go by its remote")
  }
  return loop
}
