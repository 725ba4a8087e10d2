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
}
