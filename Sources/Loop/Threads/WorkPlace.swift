#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a function on another thread finds around it.
final class WorkPlace {
  /// The loop's for which it works.
  let mailbox: Mailbox
  private let isVirtual: Bool
  /// When the function was given to a thread, in nanoseconds on the loop's clock.
  private let since: Int64
  private let keep: (ThreadDeed) -> Void
  private let note: @Sendable (_ waits: Bool) -> Void
  /// Nanoseconds that it slept on a virtual clock.
  private(set) var slept: Int64 = 0

  /// - Parameters:
  ///   - keep: takes what it does on a virtual clock.
  ///   - note: hears whether it waits for what the loop does, on a virtual clock.
  init(
    mailbox: Mailbox, isVirtual: Bool, since: Int64, keep: @escaping (ThreadDeed) -> Void,
    note: @escaping @Sendable (_ waits: Bool) -> Void
  ) {
    self.mailbox = mailbox
    self.isVirtual = isVirtual
    self.since = since
    self.keep = keep
    self.note = note
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
    guard isVirtual else { return blockThread(nanoseconds: nanoseconds) }
    let (sum, isBeyond) = slept.addingReportingOverflow(nanoseconds)
    slept = isBeyond ? .max : sum
  }

  /// Tells the loop that this thread is about to wait for it, so that a virtual clock goes on.
  ///
  /// - Returns: what the loop calls when the waiting is over.
  func beginWaiting() -> @Sendable () -> Void {
    guard isVirtual else { return {} }
    note(true)
    mailbox.put(.workWaits)
    return { [note] in note(false) }
  }

  /// Nanoseconds on the loop's clock; 0 where that is no virtual one.
  var moment: Int64 { isVirtual ? since + min(slept, .max - since) : 0 }

  /// Goes on at a moment of the loop's clock, after having waited for it.
  func goOn(at moment: Int64) { if isVirtual { slept = max(slept, moment - since) } }

  func say(_ text: String) { perform(.say(text), really: .output(text)) }

  /// `call_soon_threadsafe`.
  func call(_ name: String, _ body: @escaping @Sendable () throws -> Void) {
    perform(.call(name: name, body), really: .call(name: name, body))
  }

  private func perform(_ deed: ThreadDeed.Kind, really delivery: Delivery) {
    if isVirtual {
      keep(ThreadDeed(after: slept, kind: deed))
    } else {
      mailbox.put(delivery)
    }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "no room for one more thread-specific value")
    return key
  }()
}

/// What a function does to its loop on a virtual clock, where it is done in its turn.
struct ThreadDeed {
  enum Kind {
    case say(String)
    case call(name: String, @Sendable () throws -> Void)
  }

  /// Nanoseconds that the function had slept by then.
  let after: Int64
  let kind: Kind
}
