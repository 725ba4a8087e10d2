extension Timeline {
  mutating func applyCoroutine(_ fact: Fact, at event: UInt32) {
    switch fact {
    case .coroutineCreated(let id, let name, _, _):
      guard lanes.add(id, named: name, at: event, in: texts) else { return contradict() }
    case .coroutineStarted(let id), .coroutineResumed(let id):
      if case .coroutineStarted = fact { firstStart = min(firstStart, event) }
      guard let lane = living(id) else { return contradict() }
      run(lane, at: event)
    case .coroutineSuspended(let id, let wait, _):
      guard let lane = living(id) else { return contradict() }
      suspend(lane, on: wait, at: event)
      noteIfCircle(id, wait, at: event)
    case .coroutineReturned(let id, _): end(id, as: .done, at: event)
    case .coroutineRaised(let id, _, _): end(id, as: .failed, at: event)
    case .coroutineCancelled(let id): end(id, as: .cancelled, at: event)
    case .coroutineNeverAwaited(let id): end(id, as: .neverAwaited, at: event)
    case .coroutineAwaited(let by, let id, _): beginAwait(by, id, at: event)
    default: break
    }
  }

  /// The first step or the next one of a task was scheduled: its innermost coroutine is ready.
  mutating func wake(_ callback: Callback, at event: UInt32) {
    guard callback.kind == .step || callback.kind == .wakeup,
      let task = futures.index(of: callback.future), futures.records[task].leaf != .absent
    else { return }
    let lane = Int(futures.records[task].leaf)
    switch current(lane).state {
    case .pending, .sleeping, .waiting: change(lane, to: .ready, at: event)
    default: break
    }
  }

  /// A task was made around a coroutine that is neither in one nor awaited by one that is.
  mutating func wrap(_ id: LaneID, in task: Int) {
    guard let lane = living(id), lanes.records[lane].root == .absent,
      lanes.records[lane].awaiter == .absent
    else { return }
    lanes.records[lane].task = UInt32(truncatingIfNeeded: task)
    lanes.records[lane].root = UInt32(truncatingIfNeeded: task)
    futures.records[task].leaf = UInt32(truncatingIfNeeded: lane)
  }

  private mutating func run(_ lane: Int, at event: UInt32) {
    change(lane, to: .running, at: event)
    makeLeaf(lane)
    runners.push(lane, in: steps.current)
    settle(at: event)
  }

  private mutating func suspend(_ lane: Int, on wait: Wait, at event: UInt32) {
    let state: LaneState =
      switch wait.kind {
      case .yield: .ready
      case .sleep: .sleeping
      default: .waiting
      }
    change(lane, to: state, at: event)
    makeLeaf(lane)
    if let future = futures.index(of: wait.future) { futures.suspend(on: future, at: event) }
    settle(at: event)
  }

  /// A direct await makes the awaited coroutine the innermost of the chain. Only one that is not
  /// in a chain yet can be awaited, so chains never close into a ring.
  private mutating func beginAwait(_ by: LaneID, _ id: LaneID, at event: UInt32) {
    guard let outer = living(by), let inner = living(id), outer != inner,
      current(outer).state != .awaiting, current(inner).state != .awaiting,
      lanes.records[inner].awaiter == .absent, lanes.records[inner].root == .absent
    else { return contradict() }
    lanes.records[inner].awaiter = UInt32(truncatingIfNeeded: outer)
    lanes.records[inner].awaited = event
    lanes.records[inner].root = lanes.records[outer].root
    change(outer, to: .awaiting, at: event)
    makeLeaf(inner)
    settle(at: event)
  }

  /// When a coroutine ends, the one that awaits it goes on at once, in the same step.
  private mutating func end(_ id: LaneID, as state: LaneState, at event: UInt32) {
    guard let lane = living(id) else { return contradict() }
    change(lane, to: state, at: event)
    let record = lanes.records[lane]
    if record.awaiter != .absent {
      let outer = Int(record.awaiter)
      let now = current(outer)
      if now.state == .awaiting, now.index == record.awaited { return run(outer, at: event) }
    }
    settle(at: event)
  }

  // MARK: States

  private func living(_ id: LaneID) -> Int? {
    guard let lane = lanes.index(of: id), !lanes.records[lane].last.state.isEnded else {
      return nil
    }
    return lane
  }

  /// The lane's last change, whether its own or a sweep's.
  func current(_ lane: Int) -> LaneChange {
    let last = lanes.records[lane].last
    return sweeps.changes(after: last).last ?? last
  }

  private mutating func change(_ lane: Int, to state: LaneState, at event: UInt32) {
    let last = lanes.records[lane].last
    let swept = sweeps.changes(after: last)
    if let change = swept.first { lanes.records[lane].changes.append(change) }
    if let change = swept.second { lanes.records[lane].changes.append(change) }
    // To be suspended anew is a change, since the reason is another one. What a sweep has written
    // above is always followed by a change of the lane's own: no fact brings a sweep's states.
    if (swept.last ?? last).state == state, !state.isSuspended { return }
    lanes.records[lane].changes.append(LaneChange(state, at: event))
  }

  private mutating func makeLeaf(_ lane: Int) {
    let task = lanes.records[lane].root
    if task != .absent { futures.records[Int(task)].leaf = UInt32(truncatingIfNeeded: lane) }
  }

  /// Takes what has stopped running off the loop, and notes who is on it now.
  mutating func settle(at event: UInt32) {
    let step = steps.current
    while let top = runners.top(in: step), current(top).state != .running { runners.pop() }
    runners.note(runners.top(in: step), at: event)
  }
}
