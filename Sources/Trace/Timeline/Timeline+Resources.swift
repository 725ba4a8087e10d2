extension Timeline {
  mutating func applyResource(_ fact: Fact, at event: UInt32) {
    switch fact {
    case .resourceCreated(let id, let kind, _, let limit):
      guard resources.add(id, at: event) else { return contradict() }
      if kind == .semaphore, limit <= PermitLog.most {
        resources.permits[resources.records.count - 1] = PermitLog()
      }
    case .resourceChanged(let id, let level, let holder):
      guard let resource = resources.index(of: id) else { return contradict() }
      resources.change(resource, holder: holder, at: event)
      let task = runningTask
      resources.permits[resource]?.change(to: level, by: task)
    default: break
    }
  }

  /// The task whose code is on the loop now, `.absent` where that is not certain.
  private var runningTask: UInt32 {
    runners.top(in: steps.current).map { lanes.records[$0].root } ?? .absent
  }

  /// From 3.10 on, who gives a permit back takes it at once for the first in line, whose future is
  /// resolved next.
  mutating func handOverPermit(with future: Int, at event: UInt32) {
    guard event > 0, case .resourceChanged(let id, _, _) = fact(event - 1),
      case .futureCreated(_, _, id) = fact(futures.records[future].created),
      let resource = resources.index(of: id), resources.permits[resource] != nil
    else { return }
    var task = UInt32.absent
    futures.forEachSuspension(on: future, at: Int(event)) { suspension in
      guard case .coroutineSuspended(let lane, _, _) = events[suspension].fact,
        let index = lanes.index(of: lane), lanes.records[index].root != .absent
      else { return }
      task = lanes.records[index].root
    }
    resources.permits[resource]?.handOver(to: task)
  }

  /// - Returns: nil for an identity that nothing introduced.
  package func resource(_ id: ResourceID) -> Resource? {
    guard let index = resources.index(of: id) else { return nil }
    let created = Int(resources.records[index].created)
    guard case .resourceCreated(_, let kind, let name, let limit) = events[created].fact else {
      return nil
    }
    return Resource(id: id, kind: kind, name: name, limit: limit, created: created)
  }

  /// How many locks, queues and the like there were. O(log resources).
  package func resourceCount(at cursor: Int) -> Int {
    resources.records.prefixCount { Int($0.created) < cursor }
  }

  /// The lock, queue or the like at a place in the order in which they were made, from 0.
  package func resource(at place: Int) -> Resource? { resource(resources.resource(at: place)) }

  /// The locks, queues and the like that were there, the first made first, so many at most: where there
  /// were more, half of them the first and half the newest.
  package func resources(at cursor: Int, limit: Int) -> [Resource] {
    let count = resourceCount(at: cursor)
    let first = count > limit ? limit / 2 : count
    let newest = max(first, count - (limit - first))..<count
    return [0..<first, newest].joined().compactMap { resource(resources.resource(at: $0)) }
  }

  /// The resource that whoever awaits a future stands in line for.
  package func resource(behind future: FutureID) -> Resource? {
    guard let created = self.future(future)?.created,
      case .futureCreated(_, _, let id) = events[created].fact
    else { return nil }
    return resource(id)
  }

  /// How full a resource is, and who holds it. O(log changes).
  ///
  /// - Returns: nil before it was made, and where events were lost since it last changed.
  package func state(of id: ResourceID, at cursor: Int) -> ResourceState? {
    guard let index = resources.index(of: id) else { return nil }
    let record = resources.records[index]
    guard Int(record.created) < cursor else { return nil }
    let count = record.changes.count(at: cursor)
    let last = count > 0 ? record.changes[count - 1] : Int(record.created)
    let drops = self.drops.count(at: cursor)
    guard drops == 0 || self.drops[drops - 1] < last else { return nil }
    guard case .resourceChanged(_, let level, let holder) = events[last].fact else {
      return ResourceState(level: 0, holder: .none)
    }
    return ResourceState(level: level, holder: holder)
  }

  /// The lanes of the tasks that took the permits of a semaphore which are taken, each once, the first
  /// first, and how many they are. O(log changes + permits).
  ///
  /// - Returns: none where that is not known for certain.
  package func takers(
    of id: ResourceID, at cursor: Int, limit: Int
  ) -> (lanes: [LaneID], count: Int) {
    guard let index = resources.index(of: id), let permits = resources.permits[index],
      state(of: id, at: cursor) != nil, drops.count(at: cursor) == 0
    else { return ([], 0) }
    let changes = resources.records[index].changes.count(at: cursor)
    var seen: Set<UInt32> = []
    let tasks = (permits.tasks(afterChanges: changes) ?? []).filter { seen.insert($0).inserted }
    let lanes = tasks.prefix(limit).compactMap { future(futures.future(at: $0))?.lane }
    return (lanes, tasks.count)
  }

  /// What a lane holds, in the order in which it first did. O(what it ever held × log changes).
  package func held(by lane: LaneID, at cursor: Int) -> [Resource] {
    resources.everHeld(by: lane).filter { state(of: $0, at: cursor)?.holder == lane }
      .compactMap(resource)
  }

  /// The events in which a resource's level changed, over the whole run.
  package func changes(of id: ResourceID) -> EventList {
    resources.index(of: id).map { resources.records[$0].changes } ?? EventList()
  }

  /// The last event before a cursor in which a resource's level rose, or fell. The newest 64 changes are
  /// looked at.
  package func lastChange(of id: ResourceID, at cursor: Int, rising: Bool) -> Int? {
    guard let changes = resources.index(of: id).map({ resources.records[$0].changes }) else {
      return nil
    }
    var levels = changes.prefix(changes.count(at: cursor)).suffix(64).map { event in
      guard case .resourceChanged(_, let level, _) = events[event].fact else {
        return (event: event, level: UInt32(0))
      }
      return (event: event, level: level)
    }
    // It was empty when it was made.
    if levels.count < 64 { levels.insert((event: 0, level: 0), at: 0) }
    return Array(zip(levels, levels.dropFirst()))
      .last { $0.level != $1.level && ($0.level < $1.level) == rising }?.1.event
  }

  /// For how long a lane held each thing that it ever did, within some events, in nanoseconds. O(changes of
  /// those things within them).
  package func timesHeld(
    by lane: LaneID, in range: Range<Int>
  ) -> [(resource: ResourceID, time: Int64)] {
    resources.everHeld(by: lane).compactMap { id in
      guard let changes = resources.index(of: id).map({ resources.records[$0].changes }) else {
        return nil
      }
      var time: Int64 = 0
      var since = state(of: id, at: range.lowerBound)?.holder == lane ? range.lowerBound : nil
      let inside = changes.count(at: range.lowerBound)..<changes.count(at: range.upperBound)
      for event in changes[inside] {
        guard case .resourceChanged(_, _, let holder) = events[event].fact else { continue }
        if let start = since { time += events[event].time - self.time(at: start + 1) }
        since = holder == lane ? event : nil
      }
      if let since { time += self.time(at: range.upperBound) - self.time(at: since + 1) }
      return (id, time)
    }
  }

  /// The lanes that stand in line for a resource, in the order in which they came. No more than
  /// the last 10,000 who ever did are looked at: this is asked for each frame.
  package func waiters(for id: ResourceID, at cursor: Int) -> [LaneID] {
    guard let index = resources.index(of: id) else { return [] }
    var lanes: [LaneID] = []
    var rest = 10_000
    resources.forEachInLine(for: index) { event in
      rest -= 1
      if event < cursor, case .futureCreated(let future, _, _) = events[event].fact,
        !isResolved(future, at: cursor)
      {
        lanes += waiters(of: future, at: cursor).reversed()
      }
      return rest > 0
    }
    return lanes.reversed()
  }
}
