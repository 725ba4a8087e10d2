package import Trace

/// The state of a run, kept the plain way: each fact changes sets and arrays at once. What
/// ``Timeline`` says at any cursor has to be what this says after as many facts.
package struct ReferenceRun {
  package struct Lane {
    package var state = LaneState.pending
    /// The event that brought the state.
    package var event: Int
    package var awaiter: LaneID?
    /// What it stands at a direct await of.
    package var awaits: LaneID?
    package var waitsFor: FutureID?
    package var task: FutureID?
    package var nanoseconds: [LaneState: Int64] = [:]
    package var entries: [LaneState: Int] = [.pending: 1]
    package var changes = 1
  }

  package struct Handle {
    package var callback: Callback
    package var when: Int64?
    package var hasEntered = false
    package var hasBegun = false
    package var hasEnded = false
    package var isCancelled = false
  }

  package struct Future {
    package var lane: LaneID?
    package var leaf: LaneID?
    /// The events that gave a task its names; no other future has any.
    package var namings: [Int] = []
    package var isResolved = false
    package var hasRefused = false
    package var members: [FutureID] = []
    package var owners: [FutureID] = []
  }

  package struct Resource {
    /// Nil where events were lost.
    package var state: ResourceState? = ResourceState(level: 0, holder: .none)
    package var line: [FutureID] = []
  }

  package init() {}

  package var count = 0
  package var time: Int64 = 0
  package var tick = 0
  package var lanes: [LaneID: Lane] = [:]
  package var laneOrder: [LaneID] = []
  package var handles: [HandleID: Handle] = [:]
  package var futures: [FutureID: Future] = [:]
  package var resources: [ResourceID: Resource] = [:]
  /// The ready queue, cancelled handles and all.
  package var queue: [HandleID] = []
  package var timers: [HandleID] = []
  /// The handles that have begun and not ended, the one inside all others last.
  package var runningHandles: [HandleID] = []
  /// The lanes whose code is on the loop, and in which handle, the one inside all others last.
  private var runners: [(lane: LaneID, handle: HandleID?)] = []
  /// Where each step starts.
  package var steps: [Int] = []
  /// Since the last step ended: the events that belong to the next, if that comes.
  package var leads: [Int] = []
  package var dropped: UInt64 = 0
  package var ending: TextID?
  package var outputs = 0
  package var contradictions = 0
  package var highest = (lane: UInt32(0), future: UInt32(0), handle: UInt32(0), resource: UInt32(0))

  package var running: HandleID? { runningHandles.last }

  /// The lane whose code is on the loop.
  package var onLoop: LaneID? {
    guard let last = runners.last, last.handle == running else { return nil }
    return last.lane
  }

  package var ready: [HandleID] { queue.filter { handles[$0]?.isCancelled == false } }

  package var timersByDeadline: [HandleID] {
    timers.sorted { a, b in
      let (first, second) = (handles[a]?.when ?? 0, handles[b]?.when ?? 0)
      return (first, a) < (second, b)
    }
  }

  package mutating func apply(_ event: Event) {
    let elapsed = max(0, event.time - time)
    for id in laneOrder {
      let state = lanes[id]?.state ?? .unknown
      lanes[id]?.nanoseconds[state, default: 0] += elapsed
    }
    time += elapsed
    if !take(event.fact) { contradictions += 1 }
    while let onLoop, lanes[onLoop]?.state != .running { runners.removeLast() }
    count += 1
  }

  /// - Returns: whether the fact agrees with what came before it.
  private mutating func take(_ fact: Fact) -> Bool {
    switch fact {
    case .coroutineCreated(let id, _, _, _):
      guard id.rawValue > highest.lane else { return false }
      highest.lane = id.rawValue
      lanes[id] = Lane(event: count)
      laneOrder.append(id)
    case .coroutineOrigin: return true
    case .coroutineStarted(let id), .coroutineResumed(let id):
      guard isAlive(id) else { return false }
      run(id)
    case .coroutineSuspended(let id, let wait, _):
      guard isAlive(id) else { return false }
      let state: LaneState =
        wait.kind == .yield ? .ready : wait.kind == .sleep ? .sleeping : .waiting
      change(id, state)
      if state != .ready, futures[wait.future] != nil { lanes[id]?.waitsFor = wait.future }
      becomeLeaf(id)
    case .coroutineReturned(let id, _): return end(id, .done)
    case .coroutineRaised(let id, _, _): return end(id, .failed)
    case .coroutineCancelled(let id): return end(id, .cancelled)
    case .coroutineNeverAwaited(let id): return end(id, .neverAwaited)
    case .coroutineAwaited(let outer, let inner, _):
      guard isAlive(outer), isAlive(inner), outer != inner, lanes[outer]?.state != .awaiting,
        lanes[inner]?.state != .awaiting, lanes[inner]?.awaiter == nil, root(inner) == nil
      else { return false }
      change(outer, .awaiting)
      lanes[outer]?.awaits = inner
      lanes[inner]?.awaiter = outer
      roots[inner] = root(outer)
      becomeLeaf(inner)

    case .taskCreated(let id, let lane, _, _):
      guard id.rawValue > highest.future else { return false }
      highest.future = id.rawValue
      futures[id] = Future()
      if isAlive(lane), root(lane) == nil, lanes[lane]?.awaiter == nil {
        futures[id] = Future(lane: lane, leaf: lane)
        lanes[lane]?.task = id
        roots[lane] = id
      }
      futures[id]?.namings = [count]
    case .taskRenamed(let id, _, _):
      guard futures[id]?.namings.isEmpty == false else { return false }
      futures[id]?.namings.append(count)
    case .futureCreated(let id, _, let resource):
      guard id.rawValue > highest.future else { return false }
      highest.future = id.rawValue
      futures[id] = Future()
      resources[resource]?.line.append(id)
    case .futureAwaits(let owner, let member):
      guard futures[owner] != nil, futures[member] != nil, owner != member else { return false }
      futures[owner]?.members.append(member)
      futures[member]?.owners.append(owner)
    case .futureResolved(let id, _):
      guard futures[id]?.isResolved == false else { return false }
      futures[id]?.isResolved = true
    case .taskRefused(let id):
      guard futures[id]?.hasRefused == false else { return false }
      futures[id]?.hasRefused = true

    case .resourceCreated(let id, _, _, _):
      guard id.rawValue > highest.resource else { return false }
      highest.resource = id.rawValue
      resources[id] = Resource()
    case .resourceChanged(let id, let level, let holder):
      guard resources[id] != nil else { return false }
      resources[id]?.state = ResourceState(level: level, holder: holder)

    case .timerScheduled(let id, let when, let callback):
      guard id.rawValue > highest.handle else { return false }
      highest.handle = id.rawValue
      handles[id] = Handle(callback: callback, when: when)
      timers.append(id)
      if running == nil, !steps.isEmpty { leads.append(count) }
    case .timerFired(let id):
      guard let handle = handles[id], handle.when != nil, !handle.hasEntered, !handle.hasBegun,
        !handle.isCancelled
      else { return false }
      enter(id)
      if running == nil { leads.append(count) }
    case .handleScheduled(let id, let callback, _):
      guard id.rawValue > highest.handle else { return false }
      highest.handle = id.rawValue
      handles[id] = Handle(callback: callback)
      enter(id)
      wake(callback)
      if running == nil, !steps.isEmpty { leads.append(count) }
    case .handleCancelled(let id):
      guard let handle = handles[id] else { return false }
      if handle.hasBegun || handle.isCancelled { return true }
      handles[id]?.isCancelled = true
      timers.removeAll { $0 == id }
    case .handleBegan(let id):
      guard let handle = handles[id], !handle.hasBegun, !handle.isCancelled else { return false }
      handles[id]?.hasBegun = true
      timers.removeAll { $0 == id }
      if let place = queue.firstIndex(of: id) { queue.removeFirst(place + 1) }
      steps.append(leads.first ?? count)
      leads = []
      if running == nil { runners = [] }
      runningHandles.append(id)
    case .handleEnded(let id):
      guard let handle = handles[id], handle.hasBegun, !handle.hasEnded else { return false }
      handles[id]?.hasEnded = true
      if let place = runningHandles.lastIndex(of: id) {
        runningHandles.remove(at: place)
        while let last = runners.last, last.handle == id { runners.removeLast() }
      }
      if running == nil { runners = [] }

    case .tickBegan(let number):
      tick = Int(number)
      if running == nil { leads.append(count) }
    case .timeJumped: if running == nil { leads.append(count) }
    case .stoodStill, .stackSampled: break
    case .runEnded(let exception):
      ending = exception
      sweep(.unfinished)
    case .dropped(let number):
      dropped += UInt64(number)
      queue = []
      timers = []
      for id in resources.keys { resources[id]?.state = nil }
      sweep(.unknown)
    case .output: outputs += 1
    case .warned, .exceptionReported, .marked, .sourceRead: break
    }
    return true
  }

  private var roots: [LaneID: FutureID] = [:]

  private func root(_ lane: LaneID) -> FutureID? { roots[lane] }

  private func isAlive(_ id: LaneID) -> Bool { lanes[id].map { !$0.state.isEnded } ?? false }

  private mutating func enter(_ id: HandleID) {
    handles[id]?.hasEntered = true
    timers.removeAll { $0 == id }
    queue.append(id)
  }

  private mutating func change(_ id: LaneID, _ state: LaneState) {
    guard var lane = lanes[id] else { return }
    lane.awaits = nil
    lane.waitsFor = nil
    if lane.state != state || state.isSuspended {
      lane.event = count
      lane.entries[state, default: 0] += 1
      lane.changes += 1
    }
    lane.state = state
    lanes[id] = lane
  }

  private mutating func run(_ id: LaneID) {
    change(id, .running)
    becomeLeaf(id)
    runners.append((id, running))
  }

  private mutating func end(_ id: LaneID, _ state: LaneState) -> Bool {
    guard isAlive(id) else { return false }
    change(id, state)
    if let outer = lanes[id]?.awaiter, lanes[outer]?.awaits == id { run(outer) }
    return true
  }

  private mutating func becomeLeaf(_ id: LaneID) {
    if let task = root(id) { futures[task]?.leaf = id }
  }

  private mutating func wake(_ callback: Callback) {
    guard callback.kind == .step || callback.kind == .wakeup,
      let leaf = futures[callback.future]?.leaf, let state = lanes[leaf]?.state
    else { return }
    if [.pending, .sleeping, .waiting].contains(state) { change(leaf, .ready) }
  }

  private mutating func sweep(_ state: LaneState) {
    runningHandles = []
    runners = []
    for id in laneOrder {
      guard let now = lanes[id]?.state, !now.isEnded, now != .unfinished else { continue }
      change(id, state)
    }
  }
}
