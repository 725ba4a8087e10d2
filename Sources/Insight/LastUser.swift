import Trace

extension StateReasons {
  /// Who might have let a lane go on that waits at a queue or for an event, and what came of that.
  func lastUser(of wait: Wait, _ lane: LaneID) -> String {
    guard !timeline.isResolved(wait.future, at: cursor),
      let resource = timeline.resource(behind: wait.future)
    else { return "" }
    switch wait.kind {
    case .queueGet, .queuePut: return lastUser(of: resource.id, wait.kind, lane)
    case .event: return lastPulse(of: resource.id)
    default: return ""
    }
  }

  /// `; parse(), which took from it last, failed at 0.187 s`, or `…, is waiting for room in queue 1 (2 of 2
  /// items)`.
  private func lastUser(of queue: ResourceID, _ kind: Wait.Kind, _ lane: LaneID) -> String {
    guard let event = timeline.lastChange(of: queue, at: cursor, rising: kind == .queueGet)
    else { return "" }
    let used = kind == .queuePut ? "took from it" : "put into it"
    let user = timeline.moment(at: event).lane
    let task = timeline.task(around: user, at: event)
    let root = timeline.future(task)?.lane ?? user
    if task != timeline.task(around: lane, at: cursor),
      let leaf = timeline.directChain(from: root, at: cursor).last,
      timeline.state(of: leaf, at: cursor) == .waiting,
      let wait = timeline.wait(of: leaf, at: cursor), timeline.resource(behind: wait.future) != nil
    {
      let isOver = timeline.state(of: user, at: cursor).isEnded
      let name = isOver ? timeline.label(of: root) : timeline.label(of: user)
      let how = isOver ? " in \(timeline.label(of: user))" : ""
      return "; \(name), which \(used) last\(how), is waiting \(timeline.phrase(wait, at: cursor))"
    }
    guard let end = timeline.change(of: user, at: cursor), end.state.isEnded else { return "" }
    let how =
      switch end.state {
      case .failed: "failed"
      case .cancelled: "was cancelled"
      default: "returned"
      }
    return "; \(timeline.label(of: user)), which \(used) last, \(how) at \(moment(of: end))"
  }

  /// `; update() set it last, at 0.308 s, and cleared it in the same step`: whoever comes to wait for an
  /// event after that has missed it.
  private func lastPulse(of id: ResourceID) -> String {
    guard let set = timeline.lastChange(of: id, at: cursor, rising: true),
      let cleared = timeline.lastChange(of: id, at: cursor, rising: false), set < cleared
    else { return "" }
    let setter = timeline.moment(at: set)
    let clearer = timeline.moment(at: cleared)
    let end =
      setter.handle != .none && setter.handle == clearer.handle
      ? "cleared it in the same step"
      : "\(timeline.label(of: clearer.lane)) cleared it at \(seconds(timeline.events[cleared].time))"
    return "; \(timeline.label(of: setter.lane)) set it last, at "
      + "\(seconds(timeline.events[set].time)), and \(end)"
  }
}

extension Timeline {
  /// A lane, the one that it awaits directly, and so on to the one that waits for something else.
  func directChain(from lane: LaneID, at cursor: Int) -> [LaneID] {
    var chain = [lane]
    var seen: Set<LaneID> = [lane]
    while let last = chain.last, state(of: last, at: cursor) == .awaiting,
      let inner = awaited(by: last, at: cursor).first, seen.insert(inner).inserted
    {
      chain.append(inner)
    }
    return chain
  }
}
