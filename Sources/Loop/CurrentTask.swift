import Trace

/// Mirrors `asyncio.current_task`: nil in a callback.
///
/// - Precondition: an event loop is running on this thread.
public func currentTask() -> (any AnyLoopTask)? { runningLoop().currentTask?.owner?.asTask }

/// Mirrors `asyncio.all_tasks`: the tasks of a loop that are not done.
///
/// CPython gives a set; this list is in the order of creation. O(tasks log tasks).
///
/// - Parameter loop: nil is the running one.
/// - Precondition: an event loop is running on this thread, where none is named.
public func allTasks(_ loop: EventLoop? = nil) -> [any AnyLoopTask] {
  (loop ?? runningLoop()).tasks.all.compactMap(\.owner?.asTask)
}
