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
  let mailbox = Mailbox()

  /// Jobs that the loop did not ask for and that came on its own thread: child tasks of a
  /// coroutine. They run as handles of their own.
  private(set) var strays: [UnownedJob] = []

  /// How many jobs other threads have sent. A program that only awaits what this module offers
  /// has none.
  var foreignJobs: Int { mailbox.jobsReceived }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if pthread_equal(pthread_self(), owner) == 0 {
      mailbox.put(.job(job))
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

  /// Takes the jobs that nobody has scheduled yet, and what other threads have left.
  func takeDeliveries() -> [Delivery] {
    defer { strays.removeAll() }
    return strays.map { .job($0) } + mailbox.take()
  }

  var hasDeliveries: Bool { !strays.isEmpty || !mailbox.isEmpty }

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
