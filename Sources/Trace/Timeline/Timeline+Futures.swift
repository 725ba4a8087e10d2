extension Timeline {
  package var futureCount: Int { futures.records.count }

  /// The place of a future or task in the order of creation, from 0.
  ///
  /// - Returns: nil for an identity that nothing introduced.
  package func place(of id: FutureID) -> Int? { futures.index(of: id) }

  /// - Returns: nil for an identity that nothing introduced.
  package func future(_ id: FutureID) -> FutureRecord? {
    guard let index = futures.index(of: id) else { return nil }
    let record = futures.records[index]
    var future = FutureRecord(
      id: id, name: .empty, isTask: false, lane: .none, created: Int(record.created))
    switch fact(record.created) {
    case .futureCreated(_, let kind, _): future.name = kind
    case .taskCreated(_, let lane, let name, _):
      future.name = name
      future.isTask = true
      future.lane = lane
    default: return nil
    }
    if record.resolved != .absent, case .futureResolved(_, let outcome) = fact(record.resolved) {
      future.resolved = Int(record.resolved)
      future.outcome = outcome
    }
    return future
  }

  package func isResolved(_ id: FutureID, at cursor: Int) -> Bool {
    guard let index = futures.index(of: id) else { return false }
    return Int(futures.records[index].resolved) < cursor
  }

  /// The timer that gives a future its result, where it is a sleep's.
  package func timer(of id: FutureID) -> Handle? {
    guard let index = futures.index(of: id), futures.records[index].timer != .absent else {
      return nil
    }
    let timer = handle(handles.handle(at: futures.records[index].timer))
    return timer?.callback.kind == .setResult ? timer : nil
  }

  /// The events in which a coroutine was suspended on a future, over the whole run, latest first.
  package func suspensions(on id: FutureID) -> [Int] {
    guard let index = futures.index(of: id) else { return [] }
    var events: [Int] = []
    futures.forEachSuspension(on: index, at: .max) { events.append($0) }
    return events
  }

  /// The futures that one waits for, in the order in which it came to: the members of a gather.
  /// O(members over the whole run).
  package func members(of id: FutureID, at cursor: Int) -> [FutureID] {
    guard let index = futures.index(of: id) else { return [] }
    var members: [FutureID] = []
    futures.forEachMember(of: index, at: cursor) { event in
      if case .futureAwaits(_, let member) = events[event].fact { members.append(member) }
    }
    return members.reversed()
  }

  /// The unresolved futures that wait for one: the gathers it is a member of. O(owners over the
  /// whole run).
  package func owners(of id: FutureID, at cursor: Int) -> [FutureID] {
    guard let index = futures.index(of: id) else { return [] }
    var owners: [FutureID] = []
    futures.forEachOwner(of: index, at: cursor) { event in
      if case .futureAwaits(let owner, _) = events[event].fact, !isResolved(owner, at: cursor) {
        owners.append(owner)
      }
    }
    return owners.reversed()
  }

  /// The lanes that are suspended on a future itself. O(suspensions on it over the whole run).
  package func waiters(of id: FutureID, at cursor: Int) -> [LaneID] {
    guard let index = futures.index(of: id) else { return [] }
    var waiters: [LaneID] = []
    futures.forEachSuspension(on: index, at: cursor) { event in
      guard case .coroutineSuspended(let lane, _, _) = events[event].fact,
        let change = change(of: lane, at: cursor), change.event == event,
        change.state.isSuspended
      else { return }
      waiters.append(lane)
    }
    return waiters.reversed()
  }
}
