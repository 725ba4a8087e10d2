extension Timeline {
  /// Notes a future that got its result while the loop looked outside, between the beginning of a tick and
  /// its first handle. No code of the loop's runs there: another thread did it, or a signal's handler. Had that
  /// come by `call_soon_threadsafe`, a handle would have done it. Who cancels there is Ctrl-C's handler.
  mutating func noteIfStray(_ future: Int, _ outcome: Outcome, at event: UInt32) {
    guard outcome != .cancelled, steps.current == .absent, isArriving(before: Int(event)),
      let waiter = lastWaiter(for: future)
    else { return }
    strays.append(event)
    complaints[waiter, default: EventList()].append(event)
  }

  /// Whether a future was resolved by another thread, or by a signal's handler.
  package func isStray(resolvedAt event: Int) -> Bool {
    let count = strays.count(at: event + 1)
    return count > 0 && strays[count - 1] == event
  }

  /// The lane that has last come to wait for a future itself.
  package func lastWaiter(for future: FutureID) -> LaneID? {
    futures.index(of: future).flatMap { lastWaiter(for: $0) }
  }

  private func lastWaiter(for future: Int) -> LaneID? {
    var waiter: LaneID?
    futures.forEachSuspension(on: future, at: events.count) { event in
      if waiter == nil, case .coroutineSuspended(let lane, _, _) = events[event].fact {
        waiter = lane
      }
    }
    return waiter
  }

  /// Whether a tick has begun, and nothing has happened since but that handles arrived.
  private func isArriving(before event: Int) -> Bool {
    for fact in events[max(0, event - 256)..<event].reversed().lazy.map(\.fact) {
      switch fact {
      case .tickBegan: return true
      case .futureResolved, .handleScheduled, .timerFired: continue
      default: return false
      }
    }
    return false
  }
}
