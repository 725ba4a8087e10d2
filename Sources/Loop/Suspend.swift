import Trace

/// Mirrors `yield self` of `Future.__await__`, and the part of `__step` that takes it.
///
/// It is part of its callers: each async function would have a frame of its own in the memory of
/// every task that waits.
///
/// - Throws: what the step throws that wakes the task; ``RuntimeError`` where no task of a loop runs.
@inline(__always)
func suspend(on future: AnyFuture, as kind: Wait.Kind, line: UInt32) async throws {
  if CurrentLoop.isClosed { try await refuseAwait() }
  guard try CurrentLoop.withTask({ try $0.wait(on: future, as: kind, line: line) }) != nil else {
    throw awaitOutsideTask()
  }
  if let error = await park() { throw error }
}

/// What an await throws on another thread, and in a Swift child task, which is no task of the loop.
func awaitOutsideTask() -> RuntimeError {
  RuntimeError(CurrentLoop.loop == nil ? "no running event loop" : "await outside a task")
}

/// Answers an await on a closed loop.
@inline(never)
func refuseAwait() async throws {
  if CurrentLoop.withTask({ $0.givesUpAwaiting() }) == true {
    await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
  }
  throw CoroutineExit()
}
