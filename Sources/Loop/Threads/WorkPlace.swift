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
  private let keep: (ThreadDeed) -> Void
  /// Nanoseconds that it slept on a virtual clock.
  private(set) var slept: Int64 = 0

  /// - Parameter keep: takes what it does on a virtual clock.
  init(mailbox: Mailbox, isVirtual: Bool, keep: @escaping (ThreadDeed) -> Void) {
    self.mailbox = mailbox
    self.isVirtual = isVirtual
    self.keep = keep
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
