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

  /// So many gathers are noted, since each of them is looked at again at each cursor.
  private static let mostUntold = 64

  /// Notes a gather that fails when more than one of its members has failed: it tells of the first alone.
  mutating func noteIfSomeAreUntold(_ gather: Int, _ outcome: Outcome, at event: UInt32) {
    guard outcome == .exception, untoldGathers.count < Self.mostUntold,
      case .futureCreated(let id, let kind, _) = fact(futures.records[gather].created),
      text(kind) == "gather", !untoldFailures(of: id, at: Int(event) + 1).isEmpty
    else { return }
    untoldGathers.append(event)
  }

  /// The gathers that have failed, as the events with which they did, and tell of the first failure alone,
  /// where nobody has looked at another one up to a cursor.
  package func untoldGathers(at cursor: Int) -> [Int] {
    untoldGathers.prefix(untoldGathers.count(at: cursor)).filter { event in
      guard case .futureResolved(let gather, _) = events[event].fact else { return false }
      return !untoldFailures(of: gather, at: cursor).isEmpty
    }
  }

  /// The tasks that had failed when a gather did, but for the one of which it tells, and for which nobody else
  /// has waited up to a cursor: in the order in which they failed. The newest hundred members are looked at.
  package func untoldFailures(of gather: FutureID, at cursor: Int) -> [FutureID] {
    guard let index = futures.index(of: gather) else { return [] }
    let resolved = min(futures.records[index].resolved, UInt32(truncatingIfNeeded: cursor))
    var failed: [(task: FutureID, resolved: UInt32, isTold: Bool)] = []
    futures.forEachMember(of: index, atMost: 100) { join in
      guard case .futureAwaits(_, let id) = events[join].fact,
        let record = futures.index(of: id).map({ futures.records[$0] }), record.resolved < resolved,
        case .futureResolved(_, let outcome) = fact(record.resolved), outcome != .result
      else { return }
      var isTold = outcome == .cancelled || min(record.firstWait, record.secondOwner) < cursor
      if case .taskCreated = fact(record.created) {} else { isTold = true }
      failed.append((id, record.resolved, isTold))
    }
    failed.sort { $0.resolved < $1.resolved }
    return failed.dropFirst().filter { !$0.isTold }.map(\.task)
  }
}
