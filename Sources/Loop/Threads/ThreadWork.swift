internal import Synchronization

/// A function that runs on another thread, and what came of it: `concurrent.futures.Future`.
final class ThreadWork<Value: Sendable>: Sendable {
  private enum Stage {
    case pending
    case running
    case cancelled
    case done(Result<Value, any Error>, duration: Int64)
  }

  private struct State {
    var stage = Stage.pending
    /// What it has done on a virtual clock and the loop has not taken yet.
    var deeds: [ThreadDeed] = []
    /// Whether it waits for what the loop does, on a virtual clock.
    var isWaiting = false
  }

  private let id: UInt32
  private let pool: ThreadPoolExecutor
  private let mailbox: Mailbox
  private let isVirtual: Bool
  private let since: Int64
  private let body: @Sendable () throws -> Value
  private let state = Monitor(State())

  /// - Parameter since: when it is given to a thread, in nanoseconds on the loop's clock.
  init(
    id: UInt32, pool: ThreadPoolExecutor, mailbox: Mailbox, isVirtual: Bool, since: Int64,
    body: @escaping @Sendable () throws -> Value
  ) {
    self.id = id
    self.pool = pool
    self.mailbox = mailbox
    self.isVirtual = isVirtual
    self.since = since
    self.body = body
  }

  /// Runs the function, on the thread that calls.
  func run() {
    let mayRun = state.access { state in
      guard case .pending = state.stage else { return false }
      state.stage = .running
      return true
    }
    guard mayRun else { return mailbox.put(.workDone(id)) }
    let place = WorkPlace(mailbox: mailbox, isVirtual: isVirtual, since: since) { [state] deed in
      state.access { $0.deeds.append(deed) }
    } note: { [state, pool] waits in
      state.access { $0.isWaiting = waits }
      pool.threadWaits(waits)
    }
    let outcome = WorkPlace.entered(place) { Result { try body() } }
    state.access { $0.stage = .done(outcome, duration: place.slept) }
    mailbox.put(.workDone(id))
  }

  /// Takes it back if no thread has begun it. On a virtual clock each is begun at once.
  ///
  /// - Returns: whether it was taken back.
  func cancel() -> Bool {
    guard !isVirtual else { return false }
    return state.access { state in
      guard case .pending = state.stage else { return false }
      state.stage = .cancelled
      return true
    }
  }

  var isDone: Bool {
    state.access {
      switch $0.stage {
      case .pending, .running: false
      case .cancelled, .done: true
      }
    }
  }

  var isWaiting: Bool { state.access { $0.isWaiting } }

  /// Nanoseconds that it slept on a virtual clock.
  var duration: Int64 {
    state.access { if case .done(_, let duration) = $0.stage { duration } else { 0 } }
  }

  func takeDeeds() -> [ThreadDeed] {
    state.access { state in
      defer { state.deeds = [] }
      return state.deeds
    }
  }

  /// Nil unless it ran to its end.
  var outcome: Result<Value, any Error>? {
    state.access { if case .done(let outcome, _) = $0.stage { outcome } else { nil } }
  }
}
