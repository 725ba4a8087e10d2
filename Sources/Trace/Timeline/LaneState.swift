/// What a coroutine is doing.
package enum LaneState: UInt8, CaseIterable, Sendable {
  /// Created, never started.
  case pending
  /// Its next step is in the ready queue.
  case ready
  /// Its code is on the loop now.
  case running
  /// Suspended inside a coroutine that it awaits directly.
  case awaiting
  /// Suspended on a timer.
  case sleeping
  /// Suspended on a future, a task, a lock, a queue, input or output.
  case waiting
  /// Returned.
  case done
  /// Ended with an exception.
  case failed
  /// Ended with a `CancelledError`.
  case cancelled
  /// Died without ever having been started.
  case neverAwaited
  /// The run ended first.
  case unfinished
  /// Events were lost, and nothing has been heard of it since.
  case unknown

  /// Whether nothing more can happen to it. An unfinished coroutine may still turn out never to
  /// have been awaited.
  package var isEnded: Bool {
    switch self {
    case .done, .failed, .cancelled, .neverAwaited: true
    default: false
    }
  }

  /// Whether its story stops here: that, or the end of the run.
  package var isOver: Bool { isEnded || self == .unfinished }

  /// Whether its code stands at an `await`, for whatever reason.
  package var isSuspended: Bool {
    switch self {
    case .awaiting, .sleeping, .waiting: true
    default: false
    }
  }
}
