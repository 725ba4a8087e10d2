internal import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A function that runs on another thread, and what came of it: `concurrent.futures.Future`.
final class ThreadWork<Value: Sendable>: Sendable {
  private enum State {
    case pending
    case running
    case cancelled
    case done(Result<Value, any Error>, duration: Int64, said: String)
  }

  private let id: UInt32
  private let mailbox: Mailbox
  private let isVirtual: Bool
  private let body: @Sendable () throws -> Value
  private let state = Mutex(State.pending)

  init(
    id: UInt32, mailbox: Mailbox, isVirtual: Bool, body: @escaping @Sendable () throws -> Value
  ) {
    self.id = id
    self.mailbox = mailbox
    self.isVirtual = isVirtual
    self.body = body
  }

  /// Runs the function, on the thread that calls.
  func run() {
    let mayRun = state.withLock { state in
      guard case .pending = state else { return false }
      state = .running
      return true
    }
    guard mayRun else { return mailbox.put(.workDone(id)) }
    let place = WorkPlace(mailbox: mailbox, isVirtual: isVirtual)
    let outcome = WorkPlace.entered(place) { Result { try body() } }
    state.withLock { $0 = .done(outcome, duration: place.slept, said: place.said) }
    mailbox.put(.workDone(id))
  }

  /// Takes it back if no thread has begun it.
  func cancel() {
    state.withLock { if case .pending = $0 { $0 = .cancelled } }
  }

  var isDone: Bool {
    state.withLock {
      switch $0 {
      case .pending, .running: false
      case .cancelled, .done: true
      }
    }
  }

  /// Nanoseconds that it slept on a virtual clock.
  var duration: Int64 {
    state.withLock { if case .done(_, let duration, _) = $0 { duration } else { 0 } }
  }

  /// What it printed on a virtual clock.
  var said: String {
    state.withLock { if case .done(_, _, let said) = $0 { said } else { "" } }
  }

  /// Nil unless it ran to its end.
  var outcome: Result<Value, any Error>? {
    state.withLock { if case .done(let outcome, _, _) = $0 { outcome } else { nil } }
  }
}

/// What a function on another thread finds around it.
final class WorkPlace {
  private let mailbox: Mailbox
  private let isVirtual: Bool
  /// Nanoseconds that it slept on a virtual clock.
  private(set) var slept: Int64 = 0
  /// What it printed on a virtual clock, where the loop shows it in its turn.
  private(set) var said = ""

  init(mailbox: Mailbox, isVirtual: Bool) {
    self.mailbox = mailbox
    self.isVirtual = isVirtual
  }

  /// The one of this thread, nil where it works for no loop.
  static var current: WorkPlace? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    return Unmanaged<WorkPlace>.fromOpaque(pointer).takeUnretainedValue()
  }

  static func entered<Result>(_ place: WorkPlace, _ body: () -> Result) -> Result {
    pthread_setspecific(key, Unmanaged.passUnretained(place).toOpaque())
    defer { pthread_setspecific(key, nil) }
    return body()
  }

  func sleep(nanoseconds: Int64) {
    if isVirtual { slept += nanoseconds } else { blockThread(nanoseconds: nanoseconds) }
  }

  func say(_ text: String) {
    if isVirtual { said += text } else { mailbox.put(.output(text)) }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "no room for one more thread-specific value")
    return key
  }()
}
