import Trace

/// Mirrors `asyncio.Event`: a flag that coroutines wait for. It is called so here because a
/// recorded fact is an `Event` too.
public final class LoopEvent: LoopResource {
  @exclusivity(unchecked) private var value = false {
    didSet { record(level: value ? 1 : 0) }
  }
  private let waiters = WaitLine()
  private let waitKind: Wait.Kind

  /// - Parameter name: what the screen calls it.
  public init(_ name: String? = nil) {
    waitKind = .event
    super.init(kind: .event, name: name, limit: 1)
  }

  /// The event inside another resource.
  init(partWaitedForAs waitKind: Wait.Kind) {
    self.waitKind = waitKind
    super.init(kind: .event, name: nil, limit: 1, isPart: true)
  }

  /// Mirrors `Event.is_set`.
  public var isSet: Bool { value }

  /// Mirrors `Event.set`: lets everyone go who waits, in the order in which they came. O(waiters).
  public func set() {
    guard !value else { return }
    value = true
    waiters.wake(.max)
  }

  /// Mirrors `Event.clear`.
  public func clear() { value = false }

  /// Mirrors `Event.wait`: does not give the loop away if the flag is set.
  ///
  /// - Throws: ``CancelledError``.
  public func wait(line: UInt32 = #line) async throws {
    guard !value else { return }
    let waiter = try makeWaiter(waitKind)
    waiters.append(waiter)
    defer { waiters.remove(waiter) }
    try await waiter(line: line)
  }
}
