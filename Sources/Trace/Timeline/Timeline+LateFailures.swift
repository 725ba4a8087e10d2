extension Timeline {
  /// Notes a task that failed when the gather that waited for it was over. Such an exception gather takes for
  /// itself: it passes it on to nobody, and asyncio does not say that it was never retrieved.
  mutating func noteIfLate(_ future: Int, _ outcome: Outcome, at event: UInt32) {
    let record = futures.records[future]
    guard outcome == .exception, record.lastOwner != .absent, record.lastWait == .absent,
      case .taskCreated(_, let lane, _, _) = fact(record.created)
    else { return }
    var isForGather = true
    futures.forEachOwner(of: future, at: Int(event)) { join in
      guard case .futureAwaits(let owner, _) = events[join].fact, let owner = self.future(owner),
        owner.resolved ?? .max < Int(event), text(owner.name) == "gather"
      else { return isForGather = false }
    }
    guard isForGather else { return }
    lateFailures.append(event)
    complaints[lane, default: EventList()].append(event)
  }
  /// Notes a gather that fails when more than one of its members has failed: it tells of the first alone.
  mutating func noteIfSomeAreUntold(_ gather: Int, _ outcome: Outcome, at event: UInt32) {
    guard outcome == .exception,
      case .futureCreated(_, let kind, _) = fact(futures.records[gather].created),
      text(kind) == "gather"
    else { return }
    let untold = untoldFailures(of: gather, at: event)
    guard !untold.isEmpty else { return }
    lateFailures.append(event)
    for task in untold {
      guard let lane = future(task)?.lane else { continue }
      complaints[lane, default: EventList()].append(event)
    }
  }

  /// The tasks that had failed when a gather did, and for which nobody else waited, but for the one of which it
  /// tells: in the order in which they failed. The newest thousand members are looked at.
  package func untoldFailures(of gather: FutureID, at event: Int) -> [FutureID] {
    futures.index(of: gather).map {
      untoldFailures(of: $0, at: UInt32(truncatingIfNeeded: event))
    } ?? []
  }

  private func untoldFailures(of gather: Int, at event: UInt32) -> [FutureID] {
    var failed: [(task: FutureID, resolved: UInt32, isTold: Bool)] = []
    futures.forEachMember(of: gather, atMost: 1000) { join in
      guard case .futureAwaits(_, let id) = events[join].fact,
        let record = futures.index(of: id).map({ futures.records[$0] }), record.resolved < event,
        case .futureResolved(_, let outcome) = fact(record.resolved), outcome != .result
      else { return }
      var isTold = outcome == .cancelled || record.lastWait != .absent
      if case .taskCreated = fact(record.created) {} else { isTold = true }
      if !futures.hasOneOwner(record) { isTold = true }
      failed.append((id, record.resolved, isTold))
    }
    failed.sort { $0.resolved < $1.resolved }
    return failed.dropFirst().filter { !$0.isTold }.map(\.task)
  }
}
