#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Mirrors `concurrent.futures.ThreadPoolExecutor`: threads that run functions, one each at a time.
///
/// Threads are started as they are needed and kept.
public final class ThreadPoolExecutor: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var threads = 0
    var idle = 0
    /// Threads that take up no place, since they wait for a loop on a virtual clock.
    var waitingForLoop = 0
    var isShutDown = false

    /// Counts one more thread if work waits for one, and there may be one.
    mutating func addThread(most: Int) -> Bool {
      guard waiting.count > idle, threads - waitingForLoop < most else { return false }
      threads += 1
      return true
    }
  }

  private let state = Monitor(State())
  private let maxWorkers: Int

  /// - Parameter maxWorkers: CPython's default where nil: four more than processors, at most 32.
  public init(maxWorkers: Int? = nil) {
    self.maxWorkers = max(1, maxWorkers ?? min(32, Self.processors + 4))
  }

  /// Mirrors `Executor.shutdown`: takes no more work.
  ///
  /// - Parameter wait: returns when what there is has been done.
  public func shutdown(wait: Bool = true) {
    state.access(waking: true) { $0.isShutDown = true }
    guard wait else { return }
    state.wait { $0.threads == 0 ? () : nil }
  }

  /// - Returns: false if it was shut down.
  @discardableResult
  package func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
    let needs = state.access(waking: true) { state -> (taken: Bool, thread: Bool) in
      guard !state.isShutDown else { return (false, false) }
      state.waiting.append(work)
      return (true, state.addThread(most: maxWorkers))
    }
    if needs.thread { startThread { self.work() } }
    return needs.taken
  }

  /// Hears that a thread begins to wait for a loop on a virtual clock, or has: every function begins
  /// at once there, so another thread takes its place.
  func threadWaits(_ waits: Bool) {
    let needsThread = state.access { state in
      state.waitingForLoop += waits ? 1 : -1
      return state.addThread(most: maxWorkers)
    }
    if needsThread { startThread { self.work() } }
  }

  private func work() {
    while let next = next() { next() }
    state.access(waking: true) { $0.threads -= 1 }
  }

  /// Waits for work; nil when there will be none.
  private func next() -> (@Sendable () -> Void)? {
    state.access { $0.idle += 1 }
    return state.wait { state -> (@Sendable () -> Void)?? in
      if !state.waiting.isEmpty {
        state.idle -= 1
        return state.waiting.removeFirst()
      }
      guard state.isShutDown else { return nil }
      state.idle -= 1
      return .some(nil)
    }
  }

  private static var processors: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }
}

/// Starts a detached thread.
private func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_self()
  let box = Unmanaged.passRetained(Box(body)).toOpaque()
  let status = pthread_create(
    &thread, nil,
    { pointer in
      #if canImport(Glibc)
        guard let pointer else { return nil }
      #endif
      Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body()
      return nil
    }, box)
  precondition(status == 0, "no room for one more thread")
  pthread_detach(thread)
}
