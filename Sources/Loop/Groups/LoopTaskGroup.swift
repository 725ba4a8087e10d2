import Trace

/// Mirrors `async with asyncio.TaskGroup() as group` (3.11 on): waits for every task that the body
/// made in the group.
///
/// ```swift
/// try await taskGroup { group in
///   try group.createTask(meow(1))
///   try group.createTask(meow(2))
/// }
/// ```
///
/// The first task that fails cancels the others and the body. The errors are raised together, but a
/// ``KeyboardInterrupt`` or ``SystemExit`` alone.
///
/// - Returns: what the body returns; nil if ``LoopTaskGroup/cancel()`` has ended it.
/// - Throws: ``ExceptionGroup``; ``KeyboardInterrupt``; ``SystemExit``; ``CancelledError``;
///   ``AttributeError`` before 3.11.
@discardableResult
public func taskGroup<Value>(
  line: UInt32 = #line, _ body: (LoopTaskGroup) async throws -> Value
) async throws -> Value? {
  let loop = try getRunningLoop()
  try loop.require(loop.profile.hasStructuredConcurrency, "TaskGroup")
  guard let parent = currentTask() else {
    throw RuntimeError("TaskGroup <TaskGroup> cannot determine the parent task")
  }
  let group = LoopTaskGroup(loop: loop, parent: parent)
  let outcome: Result<Value, any Error>
  do {
    outcome = .success(try await body(group))
  } catch {
    outcome = .failure(error)
  }
  return try await group.exit(outcome, line: line)
}

/// Mirrors `asyncio.TaskGroup`, which is called so here because Swift has a `TaskGroup` too.
///
/// CPython keeps its tasks in a set and so cancels them in an arbitrary order; this one cancels
/// them in the order of creation.
public final class LoopTaskGroup {
  private let loop: EventLoop
  private let parent: any AnyLoopTask
  private var isExiting = false
  private var isAborting = false
  private var parentCancelRequested = false
  private var tasks: [any AnyLoopTask] = []
  private var errors: [any Error] = []
  /// The first `KeyboardInterrupt` or `SystemExit`, which the group raises as it is.
  private var baseError: (any Error)?
  private var allDone: Waiter?

  init(loop: EventLoop, parent: any AnyLoopTask) {
    self.loop = loop
    self.parent = parent
  }

  /// Mirrors `TaskGroup.create_task`.
  ///
  /// - Parameter eagerStart: as for ``createTask(_:name:eagerStart:)``.
  /// - Throws: ``RuntimeError`` when the group is finished or shutting down; ``TypeError`` for
  ///   `eagerStart` before 3.14.
  @discardableResult
  public func createTask<Value>(
    _ coroutine: Coroutine<Value>, name: String? = nil, eagerStart: Bool? = nil
  ) throws -> LoopTask<Value> {
    if eagerStart != nil { try loop.requireEagerStart(of: "TaskGroup.create_task") }
    if isExiting && tasks.isEmpty { throw refusal(of: coroutine, "is finished") }
    if isAborting { throw refusal(of: coroutine, "is shutting down") }
    let task = LoopTask(coroutine, loop: loop, name: name, eagerStart: eagerStart)
    if task.isDone, loop.profile.taskGroupHearsOfDoneTasksAtOnce {
      try taskDone(task)
      return task
    }
    tasks.append(task)
    task.addDoneCallback("task done") { [self] future in
      if let task = future as? any AnyLoopTask { try taskDone(task) }
    }
    if isAborting, !task.isDone, loop.profile.taskGroupCancelsLateMembers { task.cancel() }
    return task
  }

  /// Mirrors `TaskGroup.cancel` (3.15 on): cancels the tasks and the body, and the group ends with
  /// no ``CancelledError``.
  ///
  /// - Throws: ``AttributeError`` before 3.15.
  public func cancel() throws {
    try loop.require(loop.profile.taskGroupsCanBeCancelled, "cancel", of: "'TaskGroup' object")
    guard !(isExiting && tasks.isEmpty), !isAborting else { return }
    abort()
    cancelParent()
  }

  /// Mirrors `__aexit__`.
  func exit<Value>(_ outcome: Result<Value, any Error>, line: UInt32) async throws -> Value? {
    isExiting = true
    var failure: (any Error)?
    if case .failure(let error) = outcome { failure = error }
    if let failure { note(failure) }
    var cancellation = failure as? CancelledError
    if !loop.profile.taskGroupUncancelsLate, takeBackCancellation() { cancellation = nil }
    if failure != nil, !isAborting { abort() }
    var lastCancellation: CancelledError?
    while !tasks.isEmpty {
      let waiter = Waiter(loop: loop, kind: "task group", waitKind: .gather)
      for task in tasks { loop.recorder?.record(.futureAwaits(waiter.id, task.id)) }
      allDone = waiter
      do {
        try await waiter(line: line)
      } catch let error as CancelledError {
        lastCancellation = error
        if !isAborting {
          cancellation = error
          abort()
        }
      }
      allDone = nil
    }
    if let baseError { throw baseError }
    if loop.profile.taskGroupUncancelsLate, parentCancelRequested {
      cancellation = takeBackCancellation() ? nil : cancellation ?? lastCancellation
    }
    if let cancellation, errors.isEmpty { throw cancellation }
    if let failure, !(failure is CancelledError) { errors.append(failure) }
    if !errors.isEmpty {
      if loop.profile.taskGroupUncancelsLate, parent.cancelling > 0 {
        parent.uncancel()
        parent.cancel()
      }
      throw ExceptionGroup("unhandled errors in a TaskGroup", errors)
    }
    return try? outcome.get()
  }

  private func note(_ error: any Error) {
    if baseError == nil, endsProgram(error) { baseError = error }
  }

  /// - Returns: whether the parent was cancelled by this group alone.
  private func takeBackCancellation() -> Bool {
    parentCancelRequested && parent.uncancel() == 0
  }

  /// Closes the coroutine where CPython does, so that nobody hears it was never awaited.
  private func refusal<Value>(of coroutine: Coroutine<Value>, _ state: String) -> RuntimeError {
    if loop.profile.taskGroupUncancelsLate { coroutine.close() }
    return RuntimeError("TaskGroup <TaskGroup> \(state)")
  }

  private func abort() {
    isAborting = true
    for task in tasks { task.cancel() }
  }

  private func taskDone(_ task: any AnyLoopTask) throws {
    tasks.removeAll { $0 === task }
    if tasks.isEmpty { allDone?.letGo() }
    guard !task.isCancelled, let error = task.takeError() else { return }
    errors.append(error)
    note(error)
    if parent.isDone {
      let message =
        "Task \(task.repr) has errored out but its parent task \(parent.repr) is already completed"
      try loop.callExceptionHandler(
        ExceptionContext(message, exception: error, details: [.init("task", task.repr)]))
    } else if !isAborting, !parentCancelRequested {
      abort()
      cancelParent()
    }
  }

  private func cancelParent() {
    guard !parentCancelRequested else { return }
    parentCancelRequested = true
    parent.cancel()
  }
}
