extension EventLoop {
  /// Mirrors `loop.create_task`, which also works while the loop does not run: its tasks start when it
  /// does.
  ///
  /// - Parameter name: `Task-1`, `Task-2` … where nil.
  @discardableResult
  public func createTask<Value>(
    _ coroutine: Coroutine<Value>, name: String? = nil
  ) -> LoopTask<Value> {
    LoopTask(coroutine, loop: self, name: name, byLoop: true)
  }

  /// Mirrors `loop.create_task(coro, eager_start=…)` (3.14 on), as
  /// ``createTask(_:name:eagerStart:)`` does for the running loop.
  ///
  /// - Throws: ``TypeError`` before 3.14.
  @discardableResult
  public func createTask<Value>(
    _ coroutine: Coroutine<Value>, name: String? = nil, eagerStart: Bool
  ) throws -> LoopTask<Value> {
    try requireEagerStart(of: "create_task")
    return LoopTask(coroutine, loop: self, name: name, eagerStart: eagerStart)
  }

  /// Mirrors `loop.create_future`, which also works while the loop does not run.
  public func createFuture<Value>(of type: Value.Type = Value.self) -> Future<Value> {
    Future(loop: self, kind: "future")
  }
}
