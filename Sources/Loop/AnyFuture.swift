import Trace

/// What futures of all types share: `asyncio.Future` without its value.
public class AnyFuture: CustomStringConvertible {
  /// Mirrors `Future.get_loop`.
  public let loop: EventLoop
  let id: FutureID
  /// What a coroutine that awaits this one waits for, as the screen names it.
  let waitKind: Wait.Kind

  /// Mirrors `Future.done()`.
  @exclusivity(unchecked) public private(set) final var isDone = false
  /// Mirrors `Future.cancelled()`.
  @exclusivity(unchecked) public private(set) final var isCancelled = false
  /// Whether it ended with an exception that nobody has looked at: `__log_traceback`.
  @exclusivity(unchecked) final var holdsUnseenException = false

  /// The exception that it was resolved with, or the `CancelledError` that the next await throws.
  ///
  /// As with the loop's own queues, nothing that is called while this or the callbacks are accessed
  /// leads back to them, so no check at run time is needed.
  @exclusivity(unchecked) private(set) final var error: (any Error)?
  @SeldomText private var cancelMessage: String?
  /// Most futures have one callback, so the first has a place of its own.
  @exclusivity(unchecked) private var firstCallback: FutureCallback?
  @exclusivity(unchecked) private var moreCallbacks: [FutureCallback] = []

  // The result of a `Future` stands here, so that a future is laid out alike whatever its type.
  @exclusivity(unchecked) final var resultRoom = ResultRoom()
  /// Whether it ended with a result, which is in the room for it.
  @exclusivity(unchecked) final var hasResult = false
  /// Whether a timer that was to resolve this future has run: then there is none to cancel.
  final var timerHasRun = false
  /// Whether a task that must not wait for it has awaited it. From then on nobody can: CPython
  /// leaves its `_asyncio_future_blocking` set.
  @exclusivity(unchecked) final var wasAwaitedInVain = false

  /// - Parameter kind: what it is for, as the recording names it; nil for a task, which records
  ///   itself.
  init(
    loop: EventLoop, kind: String?, of resource: ResourceID = .none, waitKind: Wait.Kind = .future
  ) {
    self.loop = loop
    self.waitKind = waitKind
    loop.counters.futures += 1
    id = FutureID(loop.counters.futures)
    if let kind, let recorder = loop.recorder {
      recorder.record(.futureCreated(id, kind: recorder.intern(kind), of: resource))
    }
  }

  deinit {
    if holdsUnseenException {
      reportUnseenException(of: "Future", "<Future finished exception=\(exceptionText)>")
    }
  }

  /// Mirrors `Future.exception()`: nil for a result.
  ///
  /// - Throws: ``CancelledError`` if it was cancelled; ``InvalidStateError`` while it is pending.
  public func exception() throws -> (any Error)? {
    guard isDone else { throw InvalidStateError("Exception is not set.") }
    let error = takeError()
    if isCancelled, let error { throw error }
    return error
  }

  /// The error that an await throws; having thrown it, the future needs no report of it any more.
  ///
  /// Mirrors `_make_cancelled_error`: from 3.11 on, the first who asks gets the error with which
  /// the task's coroutine ended, and later ones a new one.
  func takeError() -> (any Error)? {
    guard let error else { return nil }
    holdsUnseenException = false
    if isCancelled { self.error = CancelledError(cancelMessage ?? "") }
    return error
  }

  /// Mirrors `Future._make_cancelled_error`, which others ask for too.
  func makeCancelledError() -> any Error {
    (isCancelled ? takeError() : nil) ?? CancelledError(lastCancelMessage)
  }

  /// The cancellation of one that is cancelled, as the results of a `gather` hold it: a new error,
  /// so that whoever asks next still gets the first.
  var gatheredCancellation: CancelledError? {
    isCancelled ? CancelledError(cancelMessage ?? "") : nil
  }

  /// What the last cancellation said that this one kept.
  var lastCancelMessage: String { cancelMessage ?? "" }

  // MARK: What only a task does

  /// The same as a task, nil for one that is none.
  var asTask: (any AnyLoopTask)? { nil }

  /// Runs the coroutine from its first line to its end, and takes its outcome.
  func live() async { preconditionFailure("only a task has a coroutine") }

  /// Ends a task that is cancelled or closed before its first step.
  func abandon(_ error: any Error) { preconditionFailure("only a task has a coroutine") }

  // MARK: Callbacks

  /// Mirrors `Future.add_done_callback`: on a future that is done it is scheduled at once.
  ///
  /// - Parameter name: what the ready queue shows.
  /// - Returns: what ``removeDoneCallback(_:)`` takes.
  @discardableResult
  public func addDoneCallback(
    _ name: String = "done callback", _ body: @escaping (AnyFuture) throws -> Void
  ) -> DoneCallback {
    let callback = DoneCallback(name: name, body: body)
    addCallback(.function(callback))
    return callback
  }

  /// Mirrors `Future.remove_done_callback`. O(callbacks).
  ///
  /// - Returns: how many were removed. A callback that is in the ready queue already runs.
  @discardableResult
  public func removeDoneCallback(_ callback: DoneCallback) -> Int {
    removeCallbacks { if case .function(let other) = $0 { other === callback } else { false } }
  }

  func addCallback(_ callback: FutureCallback) {
    if isDone {
      schedule(callback)
    } else if firstCallback == nil {
      firstCallback = callback
    } else {
      moreCallbacks.append(callback)
    }
  }

  /// Mirrors `Future.remove_done_callback` for a gather or a wait. O(callbacks).
  func removeCallback(of observer: MemberObserver) {
    removeCallbacks { if case .memberDone(let other) = $0 { other === observer } else { false } }
  }

  /// O(callbacks).
  func removeStopCallback() {
    removeCallbacks { if case .stop = $0 { true } else { false } }
  }

  /// Lets everyone go who was to be told: the loop is closed, and nobody will be.
  package func dropCallbacks() {
    firstCallback = nil
    moreCallbacks = []
  }

  @discardableResult
  private func removeCallbacks(where isUnwanted: (FutureCallback) -> Bool) -> Int {
    let before = moreCallbacks.count
    moreCallbacks.removeAll(where: isUnwanted)
    let removed = before - moreCallbacks.count
    guard let first = firstCallback, isUnwanted(first) else { return removed }
    firstCallback = moreCallbacks.isEmpty ? nil : moreCallbacks.removeFirst()
    return removed + 1
  }

  // MARK: Outcomes

  /// Mirrors `Future.cancel`. Who asks one that is done needs no report of its exception.
  ///
  /// - Parameter message: what the `CancelledError` says, from 3.9 on.
  /// - Returns: false if it was done already.
  @discardableResult
  public func cancel(_ message: String = "") -> Bool {
    holdsUnseenException = false
    guard !isDone else { return false }
    let kept = loop.profile.cancelTakesMessage ? message : ""
    if !kept.isEmpty { cancelMessage = kept }
    resolve(error: CancelledError(kept), as: .cancelled)
    return true
  }

  /// Ends a task whose coroutine let a cancellation through.
  func cancelled(by error: CancelledError) {
    let arrives = loop.profile.cancelMessageLeavesTask ? error : CancelledError()
    resolve(error: arrives, as: .cancelled)
  }

  /// Takes the outcome and schedules the callbacks, in that order: `__schedule_callbacks`.
  func resolve(error: (any Error)?, as outcome: Outcome) {
    self.error = error
    isDone = true
    isCancelled = outcome == .cancelled
    holdsUnseenException = outcome == .exception
    loop.recorder?.record(.futureResolved(id, outcome))
    guard let first = firstCallback else { return }
    firstCallback = nil
    schedule(first)
    if moreCallbacks.isEmpty { return }
    let more = moreCallbacks
    moreCallbacks = []
    for callback in more { schedule(callback) }
  }

  private func schedule(_ callback: FutureCallback) {
    let cause = Cause(.futureResolved, id)
    switch callback {
    case .wakeup(let task): loop.enqueue(.wakeup(task, self), cause: cause)
    case .memberDone(let observer): loop.enqueue(.memberDone(observer, self), cause: cause)
    case .stop: loop.enqueue(.stop(self), cause: cause)
    case .function(let callback): loop.enqueue(.doneCallback(callback, self), cause: cause)
    }
  }

  // MARK: As text

  /// What `repr(future)` gives: `<Future pending>`, `<Task finished name='Task-2' …>`.
  public final var description: String { repr }

  /// Mirrors `repr(future)`.
  var repr: String {
    let parts = ["Future", stateText, outcomeText].filter { !$0.isEmpty }
    return "<\(parts.joined(separator: " "))>"
  }

  /// `pending`, `finished` or `cancelled`.
  var stateText: String { isDone ? isCancelled ? "cancelled" : "finished" : "pending" }

  /// `exception=…` for one that failed, empty for others.
  var outcomeText: String {
    isDone && !isCancelled && error != nil ? "exception=\(exceptionText)" : ""
  }

  /// The exception as Python's `repr` writes it, empty for none.
  private var exceptionText: String { error.map { pythonText($0) } ?? "" }

  /// Mirrors `Future.__del__`.
  func reportUnseenException(of kind: String, _ description: String) {
    holdsUnseenException = false
    loop.reportLoss(
      ExceptionContext(
        "\(kind) exception was never retrieved", exception: error,
        details: [.init("future", description)]))
  }
}

/// What `add_done_callback` was given, so that it can be taken back.
public final class DoneCallback {
  let name: String
  let body: (AnyFuture) throws -> Void

  init(name: String, body: @escaping (AnyFuture) throws -> Void) {
    self.name = name
    self.body = body
  }
}

/// What a future does when it is done: always by way of the ready queue.
enum FutureCallback {
  case wakeup(TaskCore)
  case memberDone(MemberObserver)
  case stop
  case function(DoneCallback)
}

/// What a gather and a wait are to their members: told when each is done.
class MemberObserver {
  /// The future that is resolved when enough members are done.
  let outerID: FutureID

  init(outerID: FutureID) { self.outerID = outerID }

  func memberDone(_ member: AnyFuture) {
    preconditionFailure("a gather or a wait says what this means")
  }
}
