#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The event loop of this thread, as `asyncio.get_event_loop` finds it.
///
/// Every thread has at most one, so several loops can run in one process side by side.
enum CurrentLoop {
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "no room for one more thread-specific value")
    return key
  }()

  /// The loop whose handles this thread runs, or that a caller entered with ``entered(_:_:)``.
  static var loop: EventLoop? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    return Unmanaged<EventLoop>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// The task whose code runs now on this thread's loop, nil in a callback and without a loop.
  static var task: TaskCore? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    // Whoever entered the loop keeps it: it need not be counted here.
    return Unmanaged<EventLoop>.fromOpaque(pointer)._withUnsafeGuaranteedRef { $0.currentTask }
  }

  /// The task of a function that suspends it.
  ///
  /// - Throws: ``RuntimeError`` in a callback.
  /// - Precondition: an event loop is running on this thread.
  static func suspendingTask() throws -> TaskCore {
    guard let task else {
      _ = runningLoop()
      throw RuntimeError("await outside a task")
    }
    return task
  }

  /// Makes a loop the current one while the body runs, then puts the former one back.
  static func entered<Result>(_ loop: EventLoop, _ body: () throws -> Result) rethrows -> Result {
    let former = pthread_getspecific(key)
    pthread_setspecific(key, Unmanaged.passUnretained(loop).toOpaque())
    defer { pthread_setspecific(key, former) }
    return try body()
  }
}
