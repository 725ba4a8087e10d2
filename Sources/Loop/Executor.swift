#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs the Swift jobs of one event loop on the loop's own thread, one at a time and in the loop's
/// order.
///
/// Every coroutine is a Swift task with this executor as its preference. When a step resumes the
/// task's continuation, the runtime hands the job back through ``enqueue(_:)`` at once, on the same
/// thread; the step takes it from the slot and runs it inline. So one step is one entry of the
/// loop's ready queue, whatever order the runtime would have chosen.
///
/// The unchecked conformance holds because everything outside the mutex is touched by the owning
/// thread alone: `enqueue` from another thread touches only the mailbox.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
  private let owner = pthread_self()
  private var expectsJob = false
  private var slot: UnownedJob?
  private let mailbox = Mailbox()

  /// Jobs that the loop did not ask for and that came on its own thread: child tasks of a
  /// coroutine. They run as handles of their own.
  private(set) var strays: [UnownedJob] = []

  /// How many jobs other threads have sent. A program that only awaits what this module offers
  /// has none.
  var foreignJobs: Int { mailbox.received }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if pthread_equal(pthread_self(), owner) == 0 {
      mailbox.put(job)
    } else if expectsJob {
      expectsJob = false
      slot = job
    } else {
      strays.append(job)
    }
  }

  /// Resumes a suspended task and runs it until it suspends again or ends.
  func run(resuming continuation: UnsafeContinuation<Void, Never>) {
    expectsJob = true
    continuation.resume()
    runSlot()
  }

  /// Starts a coroutine's Swift task and runs it until it first suspends, or ends.
  func run(starting core: TaskCore) {
    let start = Start(core: core)
    expectsJob = true
    Task(executorPreference: self) { await start.core.body() }
    runSlot()
  }

  func run(_ job: UnownedJob) {
    job.runSynchronously(on: asUnownedTaskExecutor())
  }

  /// Takes the jobs that nobody has scheduled yet, of this thread and of others.
  func takeStrays() -> [UnownedJob] {
    defer { strays.removeAll() }
    return strays + mailbox.take()
  }

  var hasStrays: Bool { !strays.isEmpty || mailbox.holdsJobs }

  /// Sleeps until a job comes from another thread or the time has passed.
  func waitForJobs(nanoseconds: Int64?) { mailbox.wait(nanoseconds: nanoseconds) }

  private func runSlot() {
    guard let job = slot else { return }
    slot = nil
    job.runSynchronously(on: asUnownedTaskExecutor())
  }

  /// Carries a coroutine into its Swift task. The task runs on the loop's thread and nowhere else,
  /// so nothing is shared between threads.
  private struct Start: @unchecked Sendable {
    let core: TaskCore
  }
}

/// Where other threads leave jobs for a loop and wake it.
///
/// The unchecked conformance holds because `jobs` and `received` are touched under the lock only.
private final class Mailbox: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let filled: UnsafeMutablePointer<pthread_cond_t>
  private var jobs: [UnownedJob] = []
  private var total = 0

  init() {
    lock = .allocate(capacity: 1)
    filled = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    #if canImport(Glibc)
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
      pthread_cond_init(filled, &attributes)
      pthread_condattr_destroy(&attributes)
    #else
      pthread_cond_init(filled, nil)
    #endif
  }

  deinit {
    pthread_cond_destroy(filled)
    pthread_mutex_destroy(lock)
    filled.deallocate()
    lock.deallocate()
  }

  var received: Int { locked { total } }
  var holdsJobs: Bool { locked { !jobs.isEmpty } }

  func put(_ job: UnownedJob) {
    locked {
      jobs.append(job)
      total += 1
      pthread_cond_signal(filled)
    }
  }

  func take() -> [UnownedJob] {
    locked {
      defer { jobs.removeAll() }
      return jobs
    }
  }

  func wait(nanoseconds: Int64?) {
    locked {
      guard jobs.isEmpty else { return }
      guard let nanoseconds else {
        pthread_cond_wait(filled, lock)
        return
      }
      #if canImport(Glibc)
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let end = Int64(deadline.tv_nsec) + nanoseconds % 1_000_000_000
        deadline.tv_sec += Int(nanoseconds / 1_000_000_000 + end / 1_000_000_000)
        deadline.tv_nsec = Int(end % 1_000_000_000)
        pthread_cond_timedwait(filled, lock, &deadline)
      #else
        var span = timespec(
          tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        pthread_cond_timedwait_relative_np(filled, lock, &span)
      #endif
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }
}
