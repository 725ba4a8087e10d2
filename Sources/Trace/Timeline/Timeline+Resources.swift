extension Timeline {
  mutating func applyResource(_ fact: Fact, at event: UInt32) {
    switch fact {
    case .resourceCreated(let id, _, _, _):
      if !resources.add(id, at: event) { contradict() }
    case .resourceChanged(let id, _, let holder):
      guard let resource = resources.index(of: id) else { return contradict() }
      resources.change(resource, holder: holder, at: event)
    default: break
    }
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

  /// What a lane holds, in the order in which it first did. O(what it ever held × log changes).
  package func held(by lane: LaneID, at cursor: Int) -> [Resource] {
    resources.everHeld(by: lane).filter { state(of: $0, at: cursor)?.holder == lane }
      .compactMap(resource)
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
