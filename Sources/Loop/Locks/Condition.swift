import Trace

/// Mirrors `asyncio.Condition`: coroutines wait, holding a lock, until another one notifies them.
public final class Condition: LoopResource {
  private let lock: Lock
  private let waiters = WaitLine()
  private let waitKind: Wait.Kind

  /// - Parameters:
  ///   - lock: the lock that goes with it; nil makes one.
  ///   - name: what the screen calls it.
  public init(lock: Lock? = nil, _ name: String? = nil) {
    self.lock = lock ?? Lock(name)
    waitKind = .condition
    super.init(kind: .condition, name: name, limit: 0)
  }

  /// The condition inside another resource.
  init(partWaitedForAs waitKind: Wait.Kind) {
    self.waitKind = waitKind
    lock = Lock(partWaitedForAs: waitKind)
    super.init(kind: .condition, name: nil, limit: 0, isPart: true)
  }

  override func becomePart(of whole: LoopResource) {
    super.becomePart(of: whole)
    lock.becomePart(of: whole)
  }

  /// Mirrors `Condition.locked`.
  public var locked: Bool { lock.locked }

  /// Mirrors `Condition.acquire`: waits in line for the lock.
  public func acquire(line: UInt32 = #line) async throws { try await lock.acquire(line: line) }

  /// Mirrors `Condition.release`.
  ///
  /// - Throws: ``RuntimeError`` if nobody holds the lock.
  public func release() throws { try lock.release() }

  /// Mirrors `async with condition`.
  ///
  /// - Throws: as ``Lock/withLock(line:_:)`` does.
  @discardableResult
  public func withLock<Value>(
    line: UInt32 = #line, _ body: () async throws -> Value
  ) async throws -> Value {
    try await lock.withLock(line: line, body)
  }

  /// Mirrors `Condition.wait`: releases the lock, waits to be notified, and acquires it again even
  /// when it is cancelled.
  ///
  /// From 3.13 on, a wait that fails passes the notification on that it may have had.
  ///
  /// - Throws: ``RuntimeError`` without the lock; ``CancelledError``.
  public func wait(line: UInt32 = #line) async throws {
    guard locked else { throw RuntimeError("cannot wait on un-acquired lock") }
    do {
      try await waitUnlocked(line: line)
    } catch {
      if runningLoop().profile.conditionPassesNotificationOn { waiters.wake(1) }
      throw error
    }
  }

  /// Mirrors `Condition.wait_for`.
  ///
  /// - Throws: as ``wait(line:)`` does, and what the predicate throws.
  public func waitFor(line: UInt32 = #line, _ predicate: () throws -> Bool) async throws {
    while try !predicate() { try await wait(line: line) }
  }

  /// Mirrors `Condition.notify`. O(waiters).
  ///
  /// - Throws: ``RuntimeError`` without the lock.
  public func notify(_ count: Int = 1) throws {
    guard locked else { throw RuntimeError("cannot notify on un-acquired lock") }
    waiters.wake(count)
  }

  /// Mirrors `Condition.notify_all`.
  public func notifyAll() throws { try notify(waiters.count) }

  private func waitUnlocked(line: UInt32) async throws {
    let waiter = try makeWaiter(waitKind)
    try lock.release()
    var failure: (any Error)?
    waiters.append(waiter)
    do { try await waiter(line: line) } catch { failure = error }
    waiters.remove(waiter)
    if failure is CoroutineExit { throw CoroutineExit() }
    while true {
      do {
        try await lock.acquire(line: line)
        break
      } catch let error as CancelledError {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
