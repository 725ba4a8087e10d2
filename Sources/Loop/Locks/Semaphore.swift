import Trace

/// Mirrors `asyncio.Semaphore`: lets so many coroutines through at a time.
///
/// 3.6 to 3.9 decided anew who goes when a waiter woke; from 3.10 on waiters keep their order.
public class Semaphore: LoopResource {
  private(set) var value: Int {
    didSet { record(level: permits - value) }
  }
  /// How many there are when nobody has one.
  private let permits: Int
  private let waiters = WaitLine()
  /// Whether a waiter was woken that has not run yet: `_wakeup_scheduled` of 3.9.
  private var isWakeupScheduled = false

  /// - Throws: ``ValueError`` for a negative value.
  public init(_ value: Int = 1, _ name: String? = nil) throws {
    guard value >= 0 else { throw ValueError("Semaphore initial value must be >= 0") }
    self.value = value
    permits = value
    super.init(kind: .semaphore, name: name, limit: value)
  }

  /// Mirrors `Semaphore.locked`: whether ``acquire(line:)`` would wait.
  public var locked: Bool {
    value == 0 || ((loop?.profile.semaphoreIsFair ?? true) && waiters.isWaitedIn)
  }

  /// Mirrors `Semaphore.acquire`.
  ///
  /// - Throws: ``CancelledError``.
  public func acquire(line: UInt32 = #line) async throws {
    if try !getRunningLoop().profile.semaphoreIsFair {
      try await acquireUnfairly(line: line)
    } else if locked {
      try await waitInLine(line: line)
    } else {
      value -= 1
    }
  }

  /// Mirrors `Semaphore.release`.
  ///
  /// - Throws: nothing; a ``BoundedSemaphore`` does.
  public func release() throws {
    value += 1
    wakeNext()
  }

  /// Mirrors `async with semaphore`.
  ///
  /// - Returns: what the body returns.
  /// - Throws: what the body throws; ``CancelledError``.
  @discardableResult
  public func withPermit<Value>(
    line: UInt32 = #line, _ body: () async throws -> Value
  ) async throws -> Value {
    try await acquire(line: line)
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    try release()
    return try outcome.get()
  }

  private func waitInLine(line: UInt32) async throws {
    let waiter = try makeWaiter(.semaphore)
    let wakesAll = try getRunningLoop().profile.semaphoreWakesAllItCan
    waiters.append(waiter)
    do {
      try await waiter(line: line)
      waiters.remove(waiter)
    } catch {
      waiters.remove(waiter)
      if waiter.isDone, !waiter.isCancelled {
        value += 1
        if !wakesAll { wakeNext() }
      }
      if wakesAll { wakeAllThatMayGo() }
      throw error
    }
    if wakesAll {
      wakeAllThatMayGo()
    } else if value > 0 {
      wakeNext()
    }
  }

  /// The way of 3.6 to 3.9.
  private func acquireUnfairly(line: UInt32) async throws {
    let remembers = try getRunningLoop().profile.semaphoreRemembersWakeup
    while isWakeupScheduled || value <= 0 {
      let waiter = try makeWaiter(.semaphore)
      waiters.append(waiter)
      do {
        try await waiter(line: line)
        isWakeupScheduled = false
      } catch {
        if remembers || (value > 0 && !waiter.isCancelled) { wakeNext() }
        throw error
      }
    }
    value -= 1
  }

  private func wakeAllThatMayGo() {
    while value > 0, wakeNext() {}
  }

  /// - Returns: whether there was someone to wake.
  @discardableResult
  private func wakeNext() -> Bool {
    guard loop?.profile.semaphoreIsFair ?? true else { return wakeNextUnfairly() }
    guard let waiter = waiters.firstWaiting else { return false }
    value -= 1
    waiter.letGo()
    return true
  }

  private func wakeNextUnfairly() -> Bool {
    guard waiters.wakeNext() else { return false }
    isWakeupScheduled = loop?.profile.semaphoreRemembersWakeup ?? false
    return true
  }
}
