import Trace

/// The part of a task that takes steps: `Task.__step` and `Task.__wakeup`, apart from the type of
/// its result.
final class TaskCore {
  // What every step touches stands first and together: with many tasks, a step takes as long as it
  // takes to fetch their memory.
  let loop: EventLoop
  /// What runs the coroutine on from where it is suspended.
  private var parked: UnownedJob?
  let id: FutureID
  /// Where the coroutine's code last suspended.
  private(set) var line: UInt32 = 0
  /// The future that the coroutine waits for: `_fut_waiter`.
  private(set) var waitsFor: AnyFuture?
  private var hasStarted = false
  private var isFinished = false
  /// A cancellation that has not been thrown yet: `_must_cancel`.
  private(set) var mustCancel = false
  private var isPassingCancelOn = false
  /// How often the coroutine awaited something while its loop was closed.
  private var awaitsWhenClosed: UInt8 = 0
  /// Its place in the loop's list of unfinished tasks, nil outside of it.
  var place: TaskList.Place?
  /// An await that cannot be: the next step throws it.
  private var mistake: (any Error)?

  /// The innermost coroutine of the await chain, whose code runs when the task does.
  private(set) var innermost: AnyCoroutine?
  /// The task of which this is the part, until it is done.
  private(set) var owner: AnyFuture?
  /// The Swift task that runs the coroutine, from when it has started.
  private var carrier: Carrier?
  @SeldomText private var keptMessage: String?

  init(id: FutureID, loop: EventLoop) {
    self.id = id
    self.loop = loop
  }

  /// Schedules the first step of a task, or takes it. The task stays in memory until it is done.
  ///
  /// - Parameter eagerly: nil leaves that to the loop.
  func start(for owner: AnyFuture, eagerly: Bool?) {
    self.owner = owner
    loop.tasks.add(self)
    if eagerly ?? loop.startsTasksEagerly, loop.profile.tasksCanStartEagerly, loop.isRunning {
      startEagerly()
    } else {
      loop.enqueue(.step(self), cause: Cause(.taskCreated))
    }
  }

  var cancelMessage: String { keptMessage ?? "" }

  // MARK: The chain of awaits

  func enter(_ coroutine: AnyCoroutine) {
    coroutine.awaitedBy = innermost
    innermost = coroutine
    loop.recorder?.record(.coroutineStarted(coroutine.lane))
  }

  func leave(_ coroutine: AnyCoroutine) {
    innermost = coroutine.awaitedBy
    coroutine.awaitedBy = nil
  }

  /// Whether a coroutine is among those that await one another from the task's on. O(their number).
  func isRunning(_ coroutine: AnyCoroutine) -> Bool {
    var candidate = innermost
    while let running = candidate, running !== coroutine { candidate = running.awaitedBy }
    return candidate != nil
  }

  // MARK: Steps

  /// Mirrors `Task.__step`: runs the coroutine until it suspends or ends.
  ///
  /// - Parameter error: thrown into the coroutine at its await.
  func step(throwing error: (any Error)?) {
    var error = error
    if mustCancel {
      if !(error is CancelledError) { error = CancelledError(cancelMessage) }
      mustCancel = false
    }
    if waitsFor != nil { waitsFor = nil }
    let former = loop.stepping
    loop.stepping = .passUnretained(self)
    defer { loop.stepping = former }
    if let job = parked {
      parked = nil
      suspended(loop.resume(job, throwing: error))
    } else if !hasStarted {
      hasStarted = true
      if let error {
        owner?.abandon(error)
      } else if let job = loop.executor.carrier(for: self) {
        suspended(loop.resume(job))
      }
    }
  }

  /// Mirrors `Task.__eager_start`: takes the first step inside the step of whoever made the task.
  func startEagerly() {
    let exits = loop.programExit != nil
    step(throwing: nil)
    if !exits, loop.programExit != nil { loop.hasExitedEagerly = true }
    if let creator = loop.currentTask?.innermost {
      loop.recorder?.record(.coroutineResumed(creator.lane))
    }
  }

  /// Takes what runs the coroutine on. If it has ended, that is its carrier; there is nothing if it
  /// has stopped at an await of something that is not of this loop.
  func suspended(_ job: UnownedJob?) {
    guard let job else { return pauseIfAway() }
    if isFinished { loop.executor.keep(job) } else { parked = job }
  }

  private func pauseIfAway() {
    guard !isFinished, let identity = carrier?.identity, !loop.isClosed else { return }
    loop.recorder?.record(
      .coroutineSuspended(innermost?.lane ?? .none, on: Wait(.unknown), line: 0))
    loop.awayTasks.add(self, as: identity)
  }

  /// Goes on after such an await.
  func comeBack() {
    if let innermost { loop.recorder?.record(.coroutineResumed(innermost.lane)) }
  }

  /// The whole life of the coroutine, as the Swift task runs it.
  @inline(__always)
  func live(on carrier: Carrier) async {
    self.carrier = carrier
    guard let owner else { return }
    await owner.live()
  }

  /// Forgets the coroutine when the task is resolved.
  func finished() {
    isFinished = true
    owner = nil
    loop.tasks.remove(self)
    if !loop.awayTasks.isEmpty, let identity = carrier?.identity {
      _ = loop.awayTasks.remove(identity)
    }
  }

  /// What ``suspend(on:as:line:)`` does before the coroutine parks.
  ///
  /// - Throws: ``RuntimeError`` if nobody can wait for this future any more.
  func wait(on future: AnyFuture, as kind: Wait.Kind, line: UInt32) throws {
    if future.wasAwaitedInVain { throw RuntimeError("await wasn't used with future") }
    self.line = line
    if let mistake = objection(to: future) {
      self.mistake = mistake
      future.wasAwaitedInVain = true
      loop.recorder?.record(.coroutineSuspended(loop.runningLane, on: Wait(.yield), line: line))
      loop.enqueue(.step(self), cause: Cause(.yielded))
    } else {
      loop.recorder?.record(
        .coroutineSuspended(loop.runningLane, on: Wait(kind, future.id), line: line))
      future.addCallback(.wakeup(self))
      waitsFor = future
      if mustCancel, future.cancel(cancelMessage) { mustCancel = false }
    }
  }

  /// Why a future cannot be awaited by this task, in the words of `__step`.
  private func objection(to future: AnyFuture) -> RuntimeError? {
    if future.loop !== loop {
      return RuntimeError("Task got Future attached to a different loop")
    }
    return future.id == id ? RuntimeError("Task cannot await on itself: <Task>") : nil
  }

  /// What the step that is about to run throws.
  func takeMistake() -> (any Error)? {
    guard let mistake else { return nil }
    self.mistake = nil
    return mistake
  }

  /// Mirrors a bare `yield`: the next step goes to the end of the ready queue at once.
  ///
  /// The caller then parks.
  func yield(line: UInt32) {
    self.line = line
    loop.recorder?.record(.coroutineSuspended(loop.runningLane, on: Wait(.yield), line: line))
    loop.enqueue(.step(self), cause: Cause(.yielded))
  }

  /// Whether an await on a closed loop is left suspended for good: the coroutine has caught the exit
  /// several times and awaits again, as if in an endless loop.
  func givesUpAwaiting() -> Bool {
    awaitsWhenClosed += 1
    return awaitsWhenClosed > 3
  }

  /// The coroutine that the task was made around, once it has started.
  var root: AnyCoroutine? {
    var coroutine = innermost
    while let outer = coroutine?.awaitedBy { coroutine = outer }
    return coroutine
  }

  // MARK: Cancelling

  /// Mirrors `Task.cancel`, for a task that is not done.
  ///
  /// Where tasks wait for one another in a circle, a cancellation that has gone round stays with
  /// the task that it began at; CPython's `cancel` raises a `RecursionError` then.
  func cancel(_ message: String) {
    if let waitsFor, !isPassingCancelOn {
      isPassingCancelOn = true
      defer { isPassingCancelOn = false }
      if waitsFor.cancel(message) { return }
    } else if isPassingCancelOn {
      loop.cancelWentRound = true
    }
    mustCancel = true
    keptMessage = message
  }

  /// Mirrors the end of `__step` for a coroutine that returns while a cancellation is pending.
  func takePendingCancel() -> String? {
    guard mustCancel else { return nil }
    mustCancel = false
    return cancelMessage
  }

  /// Takes a pending cancellation back: `uncancel` of 3.13.
  func withdrawCancel() { mustCancel = false }

  /// Lets the coroutine's code run to its end with no further await, so that its memory is freed.
  func unwind() {
    step(throwing: CoroutineExit())
  }
}
