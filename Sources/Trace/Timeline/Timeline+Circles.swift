extension Timeline {
  /// Notes that a lane has come to wait for a task that waits for it, if that is so. It is looked for where a
  /// circle may close, and not where one is shown: 64 lanes are looked at, and eight members of each gather.
  mutating func noteIfCircle(_ id: LaneID, _ wait: Wait, at event: UInt32) {
    guard wait.kind == .task || wait.kind == .gather else { return }
    var seen: Set<LaneID> = []
    var rest = lanes(before: id)
    while let lane = rest.popLast(), seen.count < 64 {
      if lane == id { return circles.append(event) }
      if seen.insert(lane).inserted { rest += lanes(before: lane) }
    }
  }

  /// Those that must end before a suspended lane goes on, some of them where they are many.
  private func lanes(before id: LaneID) -> [LaneID] {
    guard let index = lanes.index(of: id), current(index).state.isSuspended else { return [] }
    switch events[current(index).event].fact {
    case .coroutineAwaited(_, let inner, _): return [inner]
    case .coroutineSuspended(_, let wait, _) where wait.kind == .task || wait.kind == .gather:
      guard let future = futures.index(of: wait.future) else { return [] }
      var members = wait.kind == .task ? [wait.future] : []
      futures.forEachMember(of: future, atMost: 8) { event in
        if case .futureAwaits(_, let member) = events[event].fact { members.append(member) }
      }
      return members.compactMap { member in
        guard let future = self.future(member), future.resolved == nil else { return nil }
        return future.lane == .none ? nil : future.lane
      }
    default: return []
    }
  }

  /// The lanes that closed a circle and have not gone on since, the newest 64 at most.
  package func circleEnds(at cursor: Int) -> [LaneID] {
    circles.prefix(circles.count(at: cursor)).suffix(64).compactMap { event in
      guard case .coroutineSuspended(let lane, _, _) = events[event].fact,
        change(of: lane, at: cursor)?.event == event
      else { return nil }
      return lane
    }
  }
}
