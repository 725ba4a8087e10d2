extension Timeline {
  /// The lane that an event is about; of one about a handle or a future, the lane for whose code that is.
  /// Nil where there is none. O(waits for the future).
  package func subject(ofEvent index: Int) -> LaneID? {
    let lane = subject(of: events[index].fact)
    return lane == LaneID.none ? nil : lane
  }

  private func subject(of fact: Fact) -> LaneID {
    switch fact {
    case .timerScheduled(_, _, let callback), .handleScheduled(_, let callback, _):
      subject(of: callback.future)
    case .timerFired(let id), .handleCancelled(let id), .handleBegan(let id):
      subject(of: handle(id)?.callback.future ?? .none)
    case .futureResolved(let future, _), .taskRefused(let future), .taskRenamed(let future, _, _):
      subject(of: future)
    default: fact.lane ?? .none
    }
  }

  private func subject(of id: FutureID) -> LaneID {
    guard let future = future(id) else { return .none }
    if future.isTask { return future.lane }
    guard let event = suspensions(on: id).last,
      case .coroutineSuspended(let lane, _, _) = events[event].fact
    else { return .none }
    return lane
  }
}
