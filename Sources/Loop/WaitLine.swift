internal import DequeModule

/// Those who wait for one thing, in the order in which they came.
final class WaitLine {
  @exclusivity(unchecked) private var waiters: Deque<Waiter> = []

  func append(_ waiter: Waiter) { waiters.append(waiter) }

  /// O(waiters).
  func remove(_ waiter: Waiter) { waiters.removeAll { $0 === waiter } }

  /// Lets the first go who still waits, as `Queue._wakeup_next` does.
  func wakeNext() {
    while let waiter = waiters.popFirst() {
      guard waiter.isDone else { return waiter.letGo() }
    }
  }

  func wakeAll() {
    for waiter in waiters { waiter.letGo() }
    waiters.removeAll()
  }
}
