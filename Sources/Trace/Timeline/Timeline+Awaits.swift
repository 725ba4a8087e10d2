extension Timeline {
  /// The lane that stands at a direct await of this one.
  package func awaiter(of id: LaneID, at cursor: Int) -> LaneID? {
    guard let index = lanes.index(of: id) else { return nil }
    let record = lanes.records[index]
    guard record.awaiter != .absent,
      let change = change(ofLaneAt: Int(record.awaiter), at: cursor),
      change.state == .awaiting, change.index == record.awaited
    else { return nil }
    return lanes.lane(at: record.awaiter)
  }

  /// The lanes that cannot go on before this one has done something: the one that awaits it, those
  /// that wait for its task, whether for that alone or among others, and those that stand in line
  /// for what it holds.
  package func waiters(of id: LaneID, at cursor: Int) -> [LaneID] {
    let inLine = held(by: id, at: cursor).flatMap { self.waiters(for: $0.id, at: cursor) }
    if let awaiter = awaiter(of: id, at: cursor) { return [awaiter] + inLine }
    guard let task = lane(id)?.task, task != .none else { return inLine }
    var waiters: [LaneID] = []
    var seen: Set<FutureID> = [task]
    var futures = [task]
    while let future = futures.popLast() {
      waiters += self.waiters(of: future, at: cursor)
      for owner in owners(of: future, at: cursor) where seen.insert(owner).inserted {
        futures.append(owner)
      }
    }
    return waiters + inLine
  }

  /// The task whose step a suspended lane is part of: that of the lane from which the awaits lead to
  /// it. O(awaits between them).
  package func task(around id: LaneID, at cursor: Int) -> FutureID {
    var lane = id
    var seen: Set<LaneID> = [id]
    while let awaiter = awaiter(of: lane, at: cursor), seen.insert(awaiter).inserted {
      lane = awaiter
    }
    return self.lane(lane)?.task ?? .none
  }

  /// What a suspended lane waits for.
  ///
  /// - Returns: nil if it is not suspended, or awaits another lane directly.
  package func wait(of id: LaneID, at cursor: Int) -> Wait? {
    guard let change = change(of: id, at: cursor), change.state.isSuspended,
      case .coroutineSuspended(_, let wait, _) = events[change.event].fact
    else { return nil }
    return wait
  }

  /// The lanes that must do something before this one goes on: the one that it awaits directly,
  /// those of the unresolved tasks behind the future that it waits for, or the one that holds what
  /// it stands in line for. O(members).
  package func awaited(by id: LaneID, at cursor: Int) -> [LaneID] {
    guard let change = change(of: id, at: cursor), change.state.isSuspended else { return [] }
    switch events[change.event].fact {
    case .coroutineAwaited(_, let inner, _): return [inner]
    case .coroutineSuspended(_, let wait, _):
      if let holder = holder(behind: wait.future, at: cursor) { return [holder] }
      return lanes(behind: wait.future, at: cursor)
    default: return []
    }
  }

  /// Who has the resource that an unresolved future stands in line for.
  private func holder(behind future: FutureID, at cursor: Int) -> LaneID? {
    guard let resource = resource(behind: future), !isResolved(future, at: cursor),
      let holder = state(of: resource.id, at: cursor)?.holder, lane(holder) != nil
    else { return nil }
    return holder
  }

  /// The lanes of the unresolved tasks that a future is, or waits for. O(members).
  package func lanes(behind future: FutureID, at cursor: Int) -> [LaneID] {
    var found: [LaneID] = []
    var seen: Set<FutureID> = [future]
    var next = [future]
    while let id = next.popLast() {
      guard !isResolved(id, at: cursor), let future = self.future(id), future.created < cursor
      else { continue }
      if lane(future.lane)?.task == id { found.append(future.lane) }
      for member in members(of: id, at: cursor).reversed() where seen.insert(member).inserted {
        next.append(member)
      }
    }
    return found
  }

  /// A lane, what it awaits, what that awaits, and so on while there is just one; and stops where
  /// the chain comes back to itself.
  ///
  /// - Parameter limit: how many lanes are listed at most.
  package func awaitChain(of id: LaneID, at cursor: Int, limit: Int = .max) -> [LaneID] {
    var chain = [id]
    var seen: Set<LaneID> = [id]
    while chain.count < limit, let last = chain.last {
      let awaited = awaited(by: last, at: cursor)
      guard awaited.count == 1, seen.insert(awaited[0]).inserted else { return chain }
      chain.append(awaited[0])
    }
    return chain
  }
}
