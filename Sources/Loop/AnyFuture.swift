import Trace

/// What futures of all types share: `asyncio.Future` without its value.
public class AnyFuture {
  let id: FutureID
  unowned let loop: EventLoop

  public private(set) var isDone = false
  /// Mirrors `Future.cancelled()`.
  public private(set) var isCancelled = false
  /// The exception that it was resolved with, or the `CancelledError`.
  private(set) var error: (any Error)?
  var cancelMessage = ""

  /// Most futures have one callback, so the first has a place of its own.
  private var firstCallback: FutureCallback?
  private var moreCallbacks: [FutureCallback] = []

  /// - Parameter kind: what it is for, as the recording names it; nil for a task, which records
  ///   itself.
  init(loop: EventLoop, kind: String?) {
    self.loop = loop
    loop.counters.futures += 1
    id = FutureID(loop.counters.futures)
    if let kind, let recorder = loop.recorder {
      recorder.record(.futureCreated(id, kind: recorder.intern(kind)))
    }
  }

  /// What a coroutine that awaits this one waits for, as the screen names it.
  var waitKind: Wait.Kind { .future }

  /// Mirrors `Future.exception()` without its complaints: nil while pending and for a result.
  public var exception: (any Error)? { isCancelled ? nil : error }

  /// The error that awaiting it throws, nil for a result.
  var retrievedError: (any Error)? { error }

  // MARK: Callbacks

  /// Mirrors `Future.add_done_callback`: on a future that is done it is scheduled at once.
  ///
  /// - Parameter name: what the ready queue shows.
  public func addDoneCallback(
    _ name: String = "done callback", _ body: @escaping (AnyFuture) -> Void
  ) {
    addCallback(.function(name: name, body))
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
    moreCallbacks.removeAll { $0.isFor(observer) }
    guard let first = firstCallback, first.isFor(observer) else { return }
    firstCallback = moreCallbacks.isEmpty ? nil : moreCallbacks.removeFirst()
  }

  // MARK: Outcomes

  /// Mirrors `Future.cancel`.
  ///
  /// - Returns: false if it was done already.
  @discardableResult
  public func cancel(_ message: String = "") -> Bool {
    guard !isDone else { return false }
    cancelMessage = message
    resolve(error: CancelledError(message), as: .cancelled)
    return true
  }

  /// Takes the outcome and schedules the callbacks, in that order: `__schedule_callbacks`.
  func resolve(error: (any Error)?, as outcome: Outcome) {
    self.error = error
    isDone = true
    isCancelled = outcome == .cancelled
    loop.recorder?.record(.futureResolved(id, outcome))
    guard let first = firstCallback else { return }
    let more = moreCallbacks
    firstCallback = nil
    moreCallbacks = []
    schedule(first)
    for callback in more { schedule(callback) }
  }

  private func schedule(_ callback: FutureCallback) {
    let cause = Cause(.futureResolved, id)
    switch callback {
    case .wakeup(let task): loop.enqueue(.wakeup(task, self), cause: cause)
    case .memberDone(let observer): loop.enqueue(.memberDone(observer, self), cause: cause)
    case .stop: loop.enqueue(.stop(self), cause: cause)
    case .function(let name, let body):
      loop.enqueue(.doneCallback(name: name, body, self), cause: cause)
    }
  }
}

/// What a future does when it is done: always by way of the ready queue.
enum FutureCallback {
  case wakeup(TaskCore)
  case memberDone(MemberObserver)
  case stop
  case function(name: String, (AnyFuture) -> Void)

  func isFor(_ observer: MemberObserver) -> Bool {
    if case .memberDone(let other) = self { other === observer } else { false }
  }
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
