extension Timeline {
  /// Notes what a fact changes.
  mutating func apply(_ fact: Fact, at event: UInt32) {
    switch fact {
    case .coroutineCreated, .coroutineStarted, .coroutineSuspended, .coroutineResumed,
      .coroutineReturned, .coroutineRaised, .coroutineCancelled, .coroutineNeverAwaited,
      .coroutineAwaited:
      applyCoroutine(fact, at: event)
    case .taskCreated, .taskRenamed, .futureCreated, .futureAwaits, .futureResolved, .taskRefused:
      applyFuture(fact, at: event)
    case .resourceCreated, .resourceChanged: applyResource(fact, at: event)
    case .timerScheduled, .timerFired, .handleScheduled, .handleCancelled, .handleBegan,
      .handleEnded:
      applyHandle(fact, at: event)

    case .tickBegan:
      ticks.append(event)
      steps.lead(at: event)
    case .timeJumped:
      steps.lead(at: event)
    case .stackSampled: stackSamples.append(event)
    case .stoodStill, .coroutineOrigin: break
    case .runEnded:
      sweeps.end(at: event)
      runners.clear(at: event)
      steps.abandon()
    case .dropped(let count):
      drops.append(event)
      sweeps.drop(count, entered: handles.queue.count, at: event)
      handles.forgetQueue()
      timers.forget(at: event)
      runners.clear(at: event)
      steps.abandon()

    case .output: outputs.append(event)
    case .warned(let text, _) where isRemark(text): remarks.append(event)
    case .warned(_, let lane):
      warnings.append(event)
      complaints[lane, default: EventList()].append(event)
    case .exceptionReported(_, let lane):
      exceptionReports.append(event)
      complaints[lane, default: EventList()].append(event)
    case .marked: markers.append(event)
    case .sourceRead(let file, let text): sources[file] = text
    }
  }

  private mutating func applyFuture(_ fact: Fact, at event: UInt32) {
    switch fact {
    case .taskCreated(let id, let lane, _, _):
      guard let future = futures.add(id, at: event) else { return contradict() }
      taskCreations.append(event)
      wrap(lane, in: future)
    case .taskRenamed(let id, _, _):
      guard future(id)?.isTask == true else { return contradict() }
      taskRenamings.append(event)
      renamings[id, default: EventList()].append(event)
    case .futureCreated(let id, _, let resource):
      if futures.add(id, at: event) == nil { return contradict() }
      if let resource = resources.index(of: resource) {
        resources.stand(inLineFor: resource, at: event)
      }
    case .futureAwaits(let owner, let member):
      guard let owner = futures.index(of: owner), let member = futures.index(of: member),
        owner != member
      else { return contradict() }
      futures.join(owner, member, at: event)
    case .futureResolved(let id, let outcome):
      guard let future = futures.index(of: id), futures.records[future].resolved == .absent else {
        return contradict()
      }
      futures.records[future].resolved = event
      if outcome == .result { handOverPermit(with: future, at: event) }
      noteIfStray(future, outcome, at: event)
      noteIfLate(future, outcome, at: event)
      noteIfSomeAreUntold(future, outcome, at: event)
    case .taskRefused(let id): refuse(id, at: event)
    default: break
    }
  }

  private mutating func applyHandle(_ fact: Fact, at event: UInt32) {
    switch fact {
    case .timerScheduled(let id, _, let callback):
      guard let timer = handles.add(id, at: event) else { return contradict() }
      if callback.kind == .setResult || callback.kind == .timeout,
        let future = futures.index(of: callback.future)
      {
        futures.records[future].timer = UInt32(truncatingIfNeeded: timer)
      }
      timers.set(timer, at: event, in: handles.records)
      steps.schedule(at: event)
    case .timerFired(let id):
      guard let timer = handles.index(of: id), isTimer(timer), isFresh(timer),
        handles.records[timer].entered == .absent
      else { return contradict() }
      let wasPending = isPendingNow(timer)
      handles.enter(timer, at: event)
      if wasPending { timers.remove(at: event, in: handles.records) }
      steps.lead(at: event)
    case .handleScheduled(let id, let callback, _):
      guard let handle = handles.add(id, at: event) else { return contradict() }
      handles.enter(handle, at: event)
      wake(callback, at: event)
      steps.schedule(at: event)
    case .handleCancelled(let id):
      guard let handle = handles.index(of: id) else { return contradict() }
      // Cancelling what has run or was cancelled before is allowed, and does nothing.
      guard isFresh(handle) else { return }
      let wasPending = isPendingNow(handle)
      handles.records[handle].cancelled = event
      if wasPending { timers.remove(at: event, in: handles.records) }
    case .handleBegan(let id):
      guard let handle = handles.index(of: id), isFresh(handle) else { return contradict() }
      let wasPending = isPendingNow(handle)
      handles.begin(handle, at: event)
      if wasPending { timers.remove(at: event, in: handles.records) }
      if steps.current == .absent { runners.clear(at: event) }
      steps.begin(handle, left: handles.left, at: event)
      settle(at: event)
    case .handleEnded(let id):
      guard let handle = handles.index(of: id), handles.records[handle].began != .absent,
        handles.records[handle].ended == .absent
      else { return contradict() }
      handles.records[handle].ended = event
      noteIfLong(from: Int(handles.records[handle].began), to: event)
      if let step = steps.end(handle, at: event) { runners.leave(step) }
      if steps.current == .absent { runners.clear(at: event) } else { settle(at: event) }
    default: break
    }
  }

  mutating func contradict() {
    contradictionCount += 1
  }

  private func isTimer(_ handle: Int) -> Bool {
    if case .timerScheduled = events[Int(handles.records[handle].scheduled)].fact { return true }
    return false
  }

  /// Whether it has neither run nor been cancelled.
  private func isFresh(_ handle: Int) -> Bool {
    handles.records[handle].began == .absent && handles.records[handle].cancelled == .absent
  }

  /// Whether it is among the pending timers: a drop has made them forgotten.
  private func isPendingNow(_ handle: Int) -> Bool {
    let record = handles.records[handle]
    guard record.isPending(at: events.count) else { return false }
    guard let drop = sweeps.drops.last else { return true }
    return record.scheduled > drop.event
  }
}
