extension Timeline {
  /// Notes that a task has a result although it was to be cancelled, if a CancelledError was thrown into
  /// it, and it waited for something after that, or returned a value. Who catches it to end at once
  /// has done what was asked for; and where a task waited for another one that did not let itself be
  /// cancelled, nothing was thrown into it.
  mutating func refuse(_ id: FutureID, at event: UInt32) {
    guard let task = future(id), refused.insert(id).inserted else { return contradict() }
    guard let wait = swallowedCancellation(of: id, before: Int(event)),
      wait.isPast || hasValue(task.lane)
    else { return }
    refusals.append(event)
    complaints[task.lane, default: EventList()].append(event)
  }

  /// The wait of a task in which it was cancelled, by others, last before an event.
  package func swallowedCancellation(of id: FutureID, before event: Int) -> CancelledWait? {
    guard let lane = future(id)?.lane, self.lane(lane)?.task == id,
      let wait = cancelledWait(of: lane, before: event, limit: 4096),
      lanes.index(of: moment(at: wait.cause + 1).lane).map({ lanes.records[$0].root })
        .flatMap(futures.future) != id
    else { return nil }
    return wait
  }

  /// The event that tells that the task of a lane swallowed a cancellation.
  package func refusal(of lane: LaneID, at cursor: Int) -> Int? {
    complaints(about: lane).last { event in
      guard event < cursor, case .taskRefused = events[event].fact else { return false }
      return true
    }
  }

  private func hasValue(_ lane: LaneID) -> Bool {
    guard let last = changes(of: lane)?.last,
      case .coroutineReturned(_, let value) = events[last.event].fact
    else { return false }
    return value != .empty
  }
}
