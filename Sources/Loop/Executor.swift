/// Runs the Swift jobs of one event loop on the thread that runs the loop, one at a time and in
/// the loop's order.
///
/// Every coroutine is run by a Swift task with this executor as its preference. To suspend, its
/// code hops to another executor, the ``Parking`` place: the runtime hands the job of the task to
/// that one, which gives it to the loop. The loop puts the job into the task's core, and the step
/// that wakes the task runs it here, inline. So one step is one entry of the loop's ready queue,
/// whatever order the runtime would have chosen, and costs the runtime one enqueuing; a continuation
/// costs it more.
///
/// The unchecked conformance holds because everything outside the mutex is touched by the thread
/// that runs the loop alone: `enqueue` from another thread touches only the mailbox.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
  private var expectsJob = false
  private var slot: UnownedJob?
  let mailbox = Mailbox()

  /// The coroutine that a carrier takes up next.
  @exclusivity(unchecked) private var nextCore: TaskCore?
  /// The jobs of carriers that wait for a coroutine.
  @exclusivity(unchecked) private var idleCarriers: [UnownedJob] = []
  /// A burst of coroutines should not keep its memory for ever.
  private static var mostIdleCarriers: Int { 64 }

  /// Jobs that the loop did not ask for and that came on its own thread: child tasks of a
  /// coroutine. They run as handles of their own.
  @exclusivity(unchecked) private(set) var strays: [UnownedJob] = []

  /// How many jobs other threads have sent. A program that only awaits what this module offers
  /// has none.
  var foreignJobs: Int { mailbox.jobsReceived }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if CurrentLoop.withLoop({ $0.executor === self }) != true {
      mailbox.put(.job(job))
    } else if expectsJob {
      expectsJob = false
      slot = job
    } else {
      strays.append(job)
    }
  }

  /// The job of a Swift task that will run a coroutine, for the loop to run.
  ///
  /// A Swift task that has run a coroutine to its end takes up another one: most coroutines of a
  /// program are short, and making a Swift task takes longer than running one.
  func carrier(for core: TaskCore) -> UnownedJob? {
    nextCore = core
    if let job = idleCarriers.popLast() { return job }
    expectsJob = true
    // Detached, or an eager task's maker would leave its task-local values to all who come after it.
    Task.detached(executorPreference: self) { [self] in
      let carrier = Carrier()
      while await runNextCore(on: carrier) {
        // A cancelled one would hand its cancellation on to what the next coroutine calls.
        if idleCarriers.count >= Self.mostIdleCarriers || Task.isCancelled { return }
        guard await parkCarrier() else { return }
      }
    }
    defer { slot = nil }
    return slot
  }

  var idleCarrierCount: Int { idleCarriers.count }

  /// Takes the job of a carrier whose coroutine has ended.
  func keep(_ carrier: UnownedJob) { idleCarriers.append(carrier) }

  /// Lets the carriers end that have nothing to do.
  func dismissCarriers() {
    while let job = idleCarriers.popLast() {
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  /// - Returns: false if there was none. Nothing of the coroutine is left when this returns: a
  ///   carrier that waits must not keep a loop alive.
  private func runNextCore(on carrier: Carrier) async -> Bool {
    guard let core = nextCore.take() else { return false }
    await core.live(on: carrier)
    return true
  }

  /// Takes the jobs that nobody has scheduled yet, and what other threads have left.
  func takeDeliveries() -> [Delivery] {
    defer { strays.removeAll() }
    return strays.map { .job($0) } + mailbox.take()
  }

  var hasDeliveries: Bool { !strays.isEmpty || !mailbox.isEmpty }
}
