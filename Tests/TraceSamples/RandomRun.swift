package import Trace

/// A run of a program that decides at random what its coroutines do, on a small loop that keeps
/// asyncio's rules: so its facts come in an order that a real loop could have given them.
package struct RandomRun {
  private struct Running {
    var future: FutureID
    /// The task's coroutine and those it awaits, the innermost last.
    var chain: [LaneID]
  }

  private struct Entry {
    var handle: HandleID
    var callback: Callback
    var when: Int64 = 0
  }

  package private(set) var script = Script()
  private var random: SeededGenerator
  private let lanesAtMost: Int
  private var tasks: [FutureID: Running] = [:]
  private var unresolvedTasks: [FutureID] = []
  private var openFutures: [FutureID] = []
  private var callbacks: [FutureID: [Callback]] = [:]
  private var membersLeft: [FutureID: Int] = [:]
  private var ready: [Entry] = []
  private var readyStart = 0
  private var timers: [Entry] = []
  private var cancelled: Set<HandleID> = []
  private var started: Set<LaneID> = []
  private var lanesAlive = 0

  /// - Parameters:
  ///   - events: how long the run is, roughly.
  ///   - lanes: how many coroutines live at one time, roughly.
  package init(seed: UInt64, events: Int, lanes: Int = 12) {
    random = SeededGenerator(seed: seed)
    lanesAtMost = lanes
    makeTask(by: .none)
    while script.cursor < events { tick() }
    script.add(.runEnded(exception: .empty))
    if random.chance(50), let lane = neverStarted() { script.add(.coroutineNeverAwaited(lane)) }
  }

  private func neverStarted() -> LaneID? {
    for event in script.batch.events {
      if case .coroutineCreated(let lane, _, _, _) = event.fact, !started.contains(lane) {
        return lane
      }
    }
    return nil
  }

  // MARK: The loop

  private mutating func tick() {
    if readyStart == ready.count {
      timers.removeAll { cancelled.contains($0.handle) }
      guard let when = timers.map(\.when).min() else {
        // Everyone waits for someone: another program starts on the same loop.
        makeTask(by: .none)
        return
      }
      let due = timers.filter { $0.when == when }
      timers.removeAll { $0.when == when }
      script.add(.timeJumped(from: script.time))
      script.time = when
      script.tick()
      for timer in due {
        script.add(.timerFired(timer.handle))
        ready.append(timer)
      }
    } else {
      script.tick()
    }
    let end = ready.count
    while readyStart < end {
      let entry = ready[readyStart]
      readyStart += 1
      if cancelled.contains(entry.handle) { continue }
      script.begin(entry.handle)
      call(entry.callback)
      script.end(entry.handle)
    }
    if readyStart > 1000 {
      ready.removeFirst(readyStart)
      readyStart = 0
    }
  }

  private mutating func call(_ callback: Callback) {
    switch callback.kind {
    case .step, .wakeup: run(callback.future)
    case .setResult: resolve(callback.future)
    case .memberDone:
      membersLeft[callback.future, default: 1] -= 1
      if membersLeft[callback.future] == 0 { resolve(callback.future) }
    case .timeout, .stop, .function, .job: script.print("called", by: .none)
    }
  }

  private mutating func schedule(_ callback: Callback, _ cause: Cause) {
    ready.append(Entry(handle: script.schedule(callback, cause), callback: callback))
  }

  private mutating func resolve(_ future: FutureID) {
    script.add(.futureResolved(future, random.chance(90) ? .result : .exception))
    for callback in callbacks.removeValue(forKey: future) ?? [] {
      schedule(callback, Cause(.futureResolved, future))
    }
  }

  // MARK: The program

  @discardableResult
  private mutating func makeTask(by creator: LaneID) -> FutureID {
    let lane = makeLane(by: creator)
    let task = script.task(lane, by: creator)
    ready.append(Entry(handle: task.firstStep, callback: Callback(.step, task.future)))
    tasks[task.future] = Running(future: task.future, chain: [lane])
    unresolvedTasks.append(task.future)
    return task.future
  }

  private mutating func makeLane(by creator: LaneID) -> LaneID {
    lanesAlive += 1
    return script.lane("work(\(random.below(9)))", by: creator, line: UInt32(random.below(50)))
  }

  private mutating func run(_ id: FutureID) {
    guard var task = tasks[id], let leaf = task.chain.last else { return }
    if started.insert(leaf).inserted { script.start(leaf) } else { script.resume(leaf) }
    while act(&task) {}
    tasks[id] = task.chain.isEmpty ? nil : task
  }

  /// - Returns: whether the task still has the loop.
  private mutating func act(_ task: inout Running) -> Bool {
    guard let lane = task.chain.last else { return false }
    let line = UInt32(random.below(50))
    let mayGrow = lanesAlive < lanesAtMost
    switch random.below(20) {
    case 0 where mayGrow, 1 where mayGrow:
      let inner = makeLane(by: lane)
      if random.chance(10) {
        lanesAlive -= 1
        return true
      }
      script.add(.coroutineAwaited(by: lane, inner, line: line))
      script.start(inner)
      started.insert(inner)
      task.chain.append(inner)
      return true
    case 2 where mayGrow, 3 where mayGrow:
      makeTask(by: lane)
      return true
    case 4, 5, 6, 7, 8:
      let when = script.time + Int64(1 + random.below(40)) * 1_000_000
      let sleep = script.sleep(lane, until: when, line: line)
      callbacks[sleep.future] = [Callback(.wakeup, task.future)]
      timers.append(
        Entry(handle: sleep.timer, callback: Callback(.setResult, sleep.future), when: when))
      return false
    case 9:
      script.suspend(lane, .yield, line: line)
      schedule(Callback(.step, task.future), Cause(.yielded))
      return false
    case 10:
      unresolvedTasks.removeAll { tasks[$0] == nil }
      guard let other = unresolvedTasks.randomElement(using: &random), other != task.future else {
        return true
      }
      wait(task.future, lane, .task, other, line)
      return false
    case 11 where mayGrow:
      let members = (0...random.below(3)).map { _ in makeTask(by: lane) }
      let gather = script.gather(members)
      membersLeft[gather] = members.count
      for member in members { callbacks[member, default: []].append(Callback(.memberDone, gather)) }
      wait(task.future, lane, .gather, gather, line)
      return false
    case 12:
      let future = script.future("future")
      openFutures.append(future)
      wait(task.future, lane, .queueGet, future, line)
      return false
    case 13, 14:
      if let index = openFutures.indices.randomElement(using: &random) {
        resolve(openFutures.remove(at: index))
      }
      return true
    case 15:
      later()
      return true
    case 16:
      script.print("line", by: lane)
      if random.chance(10) { script.add(.marked(script.text("mark"))) }
      if random.chance(10) { script.add(.warned(script.text("Warning: x"), by: lane)) }
      return true
    default:
      end(&task, lane)
      return !task.chain.isEmpty
    }
  }

  private mutating func wait(
    _ task: FutureID, _ lane: LaneID, _ kind: Wait.Kind, _ future: FutureID, _ line: UInt32
  ) {
    callbacks[future, default: []].append(Callback(.wakeup, task))
    script.suspend(lane, kind, future, line: line)
  }

  /// Plain functions for soon and for later, some of which are cancelled before they run.
  private mutating func later() {
    let callback = Callback(function: script.text("tidy"))
    if random.chance(50) {
      schedule(callback, Cause(.callSoon))
      if random.chance(30) { cancel(ready[ready.count - 1].handle) }
    } else {
      let when = script.time + Int64(1 + random.below(60)) * 1_000_000
      let timer = script.timer(at: when, callback)
      timers.append(Entry(handle: timer, callback: callback, when: when))
      if random.chance(50), let index = timers.indices.randomElement(using: &random),
        timers[index].callback.kind == .function
      {
        cancel(timers[index].handle)
      }
    }
  }

  private mutating func cancel(_ handle: HandleID) {
    if cancelled.insert(handle).inserted { script.add(.handleCancelled(handle)) }
  }

  private mutating func end(_ task: inout Running, _ lane: LaneID) {
    switch random.below(10) {
    case 0: script.add(.coroutineRaised(lane, exception: script.text("ValueError: no")))
    case 1: script.add(.coroutineCancelled(lane))
    default: script.return(lane, "None")
    }
    task.chain.removeLast()
    lanesAlive -= 1
    if task.chain.isEmpty { resolve(task.future) }
  }
}

extension Batch {
  /// The same run with parts lost, as a recorder with a full buffer would tell it.
  package func losing(_ parts: Int, using random: inout SeededGenerator) -> Batch {
    var batch = self
    for _ in 0..<parts where batch.events.count > 20 {
      let start = random.below(batch.events.count - 10)
      let count = 1 + random.below(9)
      let drop = Event(time: batch.events[start].time, fact: .dropped(count: UInt32(count)))
      batch.events.replaceSubrange(start..<start + count, with: [drop])
    }
    return batch
  }
}
