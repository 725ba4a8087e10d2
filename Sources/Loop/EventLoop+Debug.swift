import Trace

extension EventLoop {
  /// Mirrors `loop.set_debug`: callbacks that take ``slowCallbackDuration`` or longer are warned
  /// of.
  public func setDebug(_ enabled: Bool) { isDebug = enabled }

  /// Mirrors `loop.get_debug`.
  public func getDebug() -> Bool { isDebug }

  /// Runs a handle and says so if it took long, in the words of `_run_once`.
  @inline(never)
  func timed(_ handle: ReadyHandle) {
    let start = clock.now
    perform(handle.action)
    let seconds = Double(clock.now - start) / 1e9
    guard seconds >= slowCallbackDuration, !isClosed else { return }
    let milliseconds = Int((seconds * 1_000).rounded())
    let rest = String(1_000 + milliseconds % 1_000).dropFirst()
    let text = "Executing \(text(of: handle.action)) took \(milliseconds / 1_000).\(rest) seconds"
    if let recorder { recorder.record(.warned(recorder.intern(text), by: runningLane)) }
    echo?(text + "\n", .stderr)
  }

  /// Mirrors `asyncio.base_events._format_handle`.
  private func text(of action: Action) -> String {
    switch action {
    case .step(let task), .wakeup(let task, _): task.owner?.repr ?? "<Task finished>"
    case .function(let handle): "<Handle \(handle.name)()>"
    case .doneCallback(let callback, _): "<Handle \(callback.name)()>"
    case .setResult: "<Handle _set_result_unless_cancelled()>"
    case .memberDone: "<Handle _done_callback()>"
    case .stop: "<Handle _run_until_complete_cb()>"
    case .job: "<Handle Swift job>"
    }
  }
}

extension EventLoop {
  /// How `create_task` starts tasks: asyncio's task factories.
  public enum TaskFactory: Sendable {
    /// The first step is scheduled.
    case scheduled
    /// Mirrors `asyncio.eager_task_factory` (3.12 on): the first step is taken at once.
    case eager
  }

  /// Mirrors `loop.set_task_factory`.
  ///
  /// - Throws: ``AttributeError`` for eager tasks before 3.12.
  public func setTaskFactory(_ factory: TaskFactory) throws {
    if factory == .eager { try require(profile.tasksCanStartEagerly, "eager_task_factory") }
    startsTasksEagerly = factory == .eager
  }
}
