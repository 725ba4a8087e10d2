internal import DequeModule
import Trace

/// The machine itself: `run_forever` and `_run_once`, cut into steps of one handle.
extension EventLoop {
  /// What one attempt to run a handle came to.
  package enum Progress: Equatable {
    /// One handle ran.
    case ran
    /// Nothing is due before this time, in nanoseconds on the loop's clock.
    case idle(until: Int64)
    /// Nothing is ready and no timer is left: only another thread could wake the loop.
    case exhausted
    /// The loop was stopped, and its last tick is over.
    case stopped
  }

  /// Runs exactly one handle, beginning a tick where the last one is over.
  ///
  /// Mirrors `_run_once`: a tick moves the timers that are due to the ready queue, takes the
  /// queue's length, and runs that many handles; what they schedule waits for the next tick.
  ///
  /// - Parameter limit: a virtual clock does not jump beyond this time.
  /// - Complexity: O(1), and O(log timers) for each timer that fires.
  package func runHandle(limit: Int64 = .max) -> Progress {
    while true {
      if leftInTick == 0 {
        if isStopping { return .stopped }
        if let obstacle = beginTick(limit: limit) { return obstacle }
      }
      while leftInTick > 0 {
        leftInTick -= 1
        guard let handle = ready.popFirst() else { break }
        if !cancelledHandles.isEmpty, cancelledHandles.remove(handle.id) != nil { continue }
        run(handle)
        return .ran
      }
    }
  }

  /// Whether the loop was stopped and this tick has no handle left.
  var willStop: Bool { isStopping && leftInTick == 0 }

  /// Whether only another thread could wake the loop.
  var isExhausted: Bool {
    ready.isEmpty && timers.isEmpty && !mayBeWoken && !executor.hasDeliveries
  }

  /// Whether something that is not of this loop may have something for it.
  private var mayBeWoken: Bool { !awayTasks.isEmpty || !outsideWork.waitsForLoop || hasRemote }

  /// When the next timer fires, in nanoseconds on the loop's clock; now if a handle is ready, and
  /// the end of time where only something else may wake the loop.
  var nextDue: Int64? {
    guard ready.isEmpty else { return time }
    let next = [timers.first?.when, outsideWork.nextDue].compactMap { $0 }.min()
    return next ?? (mayBeWoken ? .max : nil)
  }

  /// Mirrors `loop.stop`: the loop ends with this tick.
  public func stop() { isStopping = true }

  /// - Returns: what keeps the tick from beginning, or nil.
  private func beginTick(limit: Int64) -> Progress? {
    if executor.hasDeliveries { takeDeliveries() }
    if !ready.isEmpty {
      passTick()
    } else if clock.kind == .virtual, !outsideWork.isEmpty,
      let obstacle = takeOutsideTurn(limit: limit)
    {
      return obstacle
    }
    dropCancelledTimers()
    if ready.isEmpty {
      guard let next = timers.first?.when else {
        return mayBeWoken ? .idle(until: .max) : .exhausted
      }
      let now = clock.now
      if next <= now {
        passTick()
      } else {
        guard clock.kind == .virtual, next <= limit else { return .idle(until: next) }
        clock.jump(to: next)
        recorder?.time = next
        recorder?.record(.timeJumped(from: now))
      }
    }
    readClock()
    tick &+= 1
    recorder?.record(.tickBegan(tick))
    fireTimers()
    leftInTick = ready.count
    return nil
  }

  /// Lets time pass that a tick takes on a virtual clock if the loop does not idle before it.
  private func passTick() {
    if clock.passTick() { recorder?.time = clock.now }
  }

  func dropCancelledTimers() {
    guard !cancelledHandles.isEmpty else { return }
    while let first = timers.first, cancelledHandles.remove(first.id) != nil {
      _ = timers.popFirst()
    }
  }

  private func fireTimers() {
    let now = clock.now
    while let first = timers.first, first.when <= now, let handle = timers.popFirst() {
      if !cancelledHandles.isEmpty, cancelledHandles.remove(handle.id) != nil { continue }
      ready.append(handle)
      recorder?.record(.timerFired(handle.id))
    }
  }

  @inline(__always)
  private func run(_ handle: consuming ReadyHandle) {
    let id = handle.id
    readClock()
    recorder?.record(.handleBegan(id))
    if isDebug { timed(handle) } else { perform(handle.action) }
    readClock()
    recorder?.record(.handleEnded(id))
  }

  @inline(__always)
  func perform(_ action: Action) {
    switch action {
    case .step(let task): task.step(throwing: task.takeMistake())
    case .wakeup(let task, let future): task.step(throwing: future.takeError())
    case .setResult(let future): future.timerFired()
    case .memberDone(let observer, let future): observer.memberDone(future)
    case .stop(let future): mainIsDone(future)
    case .function(let handle): handle.run()
    case .doneCallback(let callback, let future):
      guarding("\(callback.name)()") { try callback.body(future) }
    case .job(let job): run(job)
    }
  }

  /// Lets the recorder know what time it is. Virtual time moves in jumps alone.
  private func readClock() {
    if clock.kind == .real { recorder?.time = clock.now }
  }
}
