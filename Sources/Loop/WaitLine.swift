internal import DequeModule

/// Those who wait for one thing, in the order in which they came.
final class WaitLine {
  @exclusivity(unchecked) private var waiters: Deque<Waiter> = []

  var count: Int { waiters.count }
  var first: Waiter? { waiters.first }

  /// The first who still waits. O(waiters) at worst.
  var firstWaiting: Waiter? { waiters.first { !$0.isDone } }

  /// Whether somebody waits who was not cancelled. O(waiters) at worst.
  var isWaitedIn: Bool { waiters.contains { !$0.isCancelled } }

  func append(_ waiter: Waiter) { waiters.append(waiter) }

  /// O(waiters).
  func remove(_ waiter: Waiter) { waiters.removeAll { $0 === waiter } }

  /// Lets so many go who still wait. They leave the line themselves, when they go on. O(waiters).
  func wake(_ number: Int) {
    for waiter in waiters.lazy.filter({ !$0.isDone }).prefix(number) { waiter.letGo() }
  }

  /// Takes the first out of the line who still waits, as `Queue._wakeup_next` does, and lets it go.
  ///
  /// - Returns: whether there was anybody.
  @discardableResult
  func wakeNext() -> Bool {
    while let waiter = waiters.popFirst() {
      guard waiter.isDone else {
        waiter.letGo()
        return true
      }
    }
    return false
  }

  /// Takes all out of the line and lets them go.
  func wakeAll() {
    for waiter in waiters { waiter.letGo() }
    waiters.removeAll()
  }
}
