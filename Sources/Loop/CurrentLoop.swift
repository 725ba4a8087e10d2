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
  static var loop: EventLoop? { withLoop { $0 } }

  /// Gives the loop of this thread to a body, which is not called where there is none. Whoever
  /// entered the loop keeps it: it need not be counted here.
  @inline(__always)
  static func withLoop<Result>(_ body: (EventLoop) throws -> Result) rethrows -> Result? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    return try Unmanaged<EventLoop>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
  }

  /// Whether the loop of this thread was closed, and ends its coroutines.
  static var isClosed: Bool { withLoop { $0.isClosed } ?? false }

  /// Gives the task whose code runs now to a body, which is not called in a callback and without a
  /// loop. Whoever runs the step keeps the task: it is not counted either.
  @inline(__always)
  static func withTask<Result>(_ body: (TaskCore) throws -> Result) rethrows -> Result? {
    try withLoop { try $0.unmanagedTask?._withUnsafeGuaranteedRef(body) } ?? nil
  }

  /// Makes a loop the current one while the body runs, then puts the former one back.
  static func entered<Result>(_ loop: EventLoop, _ body: () throws -> Result) rethrows -> Result {
    let former = pthread_getspecific(key)
    pthread_setspecific(key, Unmanaged.passUnretained(loop).toOpaque())
    defer { pthread_setspecific(key, former) }
    return try body()
  }
}
