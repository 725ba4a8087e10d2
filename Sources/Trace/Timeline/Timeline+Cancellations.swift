/// A wait that ended because somebody cancelled it.
package struct CancelledWait: Equatable, Sendable {
  /// Index of the event by which it was cancelled, or what it waited for.
  package var cause: Int
  /// Whether whoever waited has waited for something else since.
  package var isPast = false
}

extension Timeline {
  /// The wait of a lane that was cancelled last before an event, its own or that of a lane which it
  /// awaited directly.
  ///
  /// - Parameter limit: how many changes are looked at of each lane. One that a cancellation has ended
  ///   may yet have waited for this and that to clean up.
  /// - Complexity: O(limit), whatever awaits whatever, and the members of the futures that it meets.
  package func cancelledWait(
    of lane: LaneID, before event: Int, limit: Int = 16
  ) -> CancelledWait? {
    var budget = 16 * limit
    return cancelledWait(of: lane, before: event, limit: limit, depth: 0, &budget)
  }

  private func cancelledWait(
    of lane: LaneID, before event: Int, limit: Int, depth: Int, _ budget: inout Int
  ) -> CancelledWait? {
    guard depth < Self.deepest, let changes = changes(of: lane) else { return nil }
    var isPast = false
    for change in changes.prefix(changes.count(at: event)).suffix(limit).reversed() {
      budget -= 1
      guard budget > 0 else { return nil }
      var found: CancelledWait?
      switch events[change.event].fact {
      case .coroutineSuspended(_, let wait, _):
        found = end(of: wait.future, before: event, depth: depth, &budget)
        isPast = isPast || found == nil
      case .coroutineAwaited(lane, let inner, _):
        found = cancelledWait(of: inner, before: event, limit: limit, depth: depth + 1, &budget)
        isPast = isPast || found == nil && hasWaited(inner, &budget)
      default: continue
      }
      if var found {
        found.isPast = found.isPast || isPast
        return found
      }
    }
    return nil
  }

  /// Whether a lane or one that it awaited directly ever gave the loop back to others.
  private func hasWaited(_ lane: LaneID, depth: Int = 0, _ budget: inout Int) -> Bool {
    guard depth < Self.deepest, let changes = changes(of: lane) else { return false }
    for change in changes {
      budget -= 1
      guard budget > 0 else { return false }
      switch events[change.event].fact {
      case .coroutineSuspended: return true
      case .coroutineAwaited(lane, let inner, _):
        if hasWaited(inner, depth: depth + 1, &budget) { return true }
      default: continue
      }
    }
    return false
  }

  /// How a future was cancelled, or one of its members.
  private func end(
    of id: FutureID, before event: Int, depth: Int, _ budget: inout Int
  ) -> CancelledWait? {
    guard let future = future(id), future.outcome != .result, let ended = future.resolved,
      ended < event
    else { return nil }
    if let cause = cancelledMember(of: id, before: ended + 1, depth: depth + 1, &budget) {
      return CancelledWait(cause: cause)
    }
    return future.outcome == .cancelled ? CancelledWait(cause: ended) : nil
  }

  /// Whoever cancels a task, or the members of a gather, cancels what they wait for, and it is cancelled
  /// itself when they have ended by that.
  private func cancelledMember(
    of future: FutureID, before event: Int, depth: Int, _ budget: inout Int
  ) -> Int? {
    let isTask = self.future(future)?.isTask == true
    for member in isTask ? [future] : members(of: future, at: event) {
      budget -= 1
      guard budget > 0 else { return nil }
      guard let lane = self.future(member)?.lane, lane != .none,
        state(of: lane, at: event) == .cancelled
      else { continue }
      return cancelledWait(of: lane, before: event, limit: 16, depth: depth, &budget)?.cause
    }
    return nil
  }

  private static let deepest = 6
}
