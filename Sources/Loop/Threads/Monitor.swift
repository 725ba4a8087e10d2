#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A value that several threads share, and on which they can wait for each other.
///
/// The unchecked conformance holds because the value is touched under the lock only.
package final class Monitor<Value>: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  package init(_ value: sending Value) {
    self.value = value
    lock = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    #if canImport(Glibc)
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      pthread_cond_init(changed, &attributes)
      pthread_condattr_destroy(&attributes)
    #else
      pthread_cond_init(changed, nil)
    #endif
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Reads or changes the value, and wakes every thread that waits for a change if asked to.
  package func access<Result>(
    waking: Bool = false, _ body: (inout Value) throws -> Result
  ) rethrows -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    let result = try body(&value)
    if waking { pthread_cond_broadcast(changed) }
    return result
  }

  /// Waits until the value is such that the body gives a result.
  package func wait<Result>(_ body: (inout Value) -> Result?) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let result = body(&value) { return result }
      pthread_cond_wait(changed, lock)
    }
  }

  /// Waits once, for a change or until the time has passed, unless the value is ready already.
  func wait(nanoseconds: Int64, unless isReady: (Value) -> Bool) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    guard !isReady(value) else { return }
    #if canImport(Glibc)
      var deadline = timespec()
      clock_gettime(CLOCK_MONOTONIC, &deadline)
      let end = Int64(deadline.tv_nsec) + nanoseconds % 1_000_000_000
      deadline.tv_sec += Int(nanoseconds / 1_000_000_000 + end / 1_000_000_000)
      deadline.tv_nsec = Int(end % 1_000_000_000)
      pthread_cond_timedwait(changed, lock, &deadline)
    #else
      var span = timespec(
        tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
      pthread_cond_timedwait_relative_np(changed, lock, &span)
    #endif
  }
}
