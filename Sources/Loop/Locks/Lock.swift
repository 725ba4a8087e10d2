import Trace

/// Mirrors `asyncio.Lock`: one coroutine holds it at a time, and the others wait in order.
public final class Lock: LoopResource {
  private var isLocked = false {
    didSet { record(level: isLocked ? 1 : 0, holder: holder) }
  }
  private let waiters = WaitLine()
  private let waitKind: Wait.Kind
  /// Who holds it, as far as one can know: whoever acquired it last.
  private weak var holder: AnyCoroutine?

  /// - Parameter name: what the screen calls it.
  public init(_ name: String? = nil) {
    waitKind = .lock
    super.init(kind: .lock, name: name, limit: 1)
  }

  /// The lock inside another resource.
  init(partWaitedForAs waitKind: Wait.Kind) {
    self.waitKind = waitKind
    super.init(kind: .lock, name: nil, limit: 1, isPart: true)
  }

  /// Mirrors `Lock.locked`.
  public var locked: Bool { isLocked }

  /// Mirrors `Lock.acquire`: does not give the loop away if the lock is free and nobody waits.
  ///
  /// - Throws: ``CancelledError``.
  public func acquire(line: UInt32 = #line) async throws {
    if isLocked || waiters.isWaitedIn {
      try await waitInLine(line: line)
    }
    holder = CurrentLoop.withTask { $0.innermost } ?? nil
    isLocked = true
  }

  /// Mirrors `Lock.release`: lets the first who waits go on, in a later step.
  ///
  /// - Throws: ``RuntimeError`` if it is not locked.
  public func release() throws {
    guard isLocked else { throw RuntimeError("Lock is not acquired.") }
    holder = nil
    isLocked = false
    wakeFirst()
  }

  /// Mirrors `async with lock`.
  ///
  /// - Returns: what the body returns.
  /// - Throws: what the body throws; ``CancelledError``; ``RuntimeError`` if the body has released it.
  @discardableResult
  public func withLock<Value>(
    line: UInt32 = #line, _ body: () async throws -> Value
  ) async throws -> Value {
    try await acquire(line: line)
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    try release()
    return try outcome.get()
  }

  override var purpose: String {
    holder.map { "\(name), which \($0.name) holds" } ?? name
  }

  private func waitInLine(line: UInt32) async throws {
    let waiter = try makeWaiter(waitKind)
    waiters.append(waiter)
    defer { waiters.remove(waiter) }
    do {
      try await waiter(line: line)
    } catch {
      waiters.remove(waiter)
      if !isLocked { wakeFirst() }
      throw error
    }
  }

  private func wakeFirst() { waiters.first?.letGo() }
}
