internal import DequeModule
import Trace

/// How handles enter the ready queue and the timers. Everything that ever runs passes here.
extension EventLoop {
  // MARK: For users

  /// Mirrors `loop.call_soon`: the callback runs in the next turn of the loop, after everything
  /// that is ready now. O(1).
  ///
  /// What it throws goes to the exception handler. A closed loop runs nothing any more, and its handle
  /// is as good as cancelled, where asyncio raises a `RuntimeError`.
  ///
  /// - Parameter name: what the ready queue shows.
  @discardableResult
  public func callSoon(_ name: String = "callback", _ body: @escaping () throws -> Void) -> Handle {
    callSoon(name, cause: Cause(.callSoon), body)
  }

  /// Mirrors `loop.call_later`. O(log timers).
  ///
  /// - Parameters:
  ///   - seconds: from now. A moment that has passed is due at once, the earliest first.
  ///   - name: what the list of timers shows.
  @discardableResult
  public func callLater(
    _ seconds: Double, _ name: String = "callback", _ body: @escaping () throws -> Void
  ) -> TimerHandle {
    callAt(moment(after: seconds), name, body)
  }

  /// Mirrors `loop.call_at`. O(log timers).
  ///
  /// - Parameters:
  ///   - time: nanoseconds on the loop's clock, as ``time`` has them, where asyncio has seconds. A
  ///     moment that has passed is due at once, the earliest first.
  ///   - name: what the list of timers shows.
  @discardableResult
  public func callAt(
    _ time: Int64, _ name: String = "callback", _ body: @escaping () throws -> Void
  ) -> TimerHandle {
    let handle = TimerHandle(id: nextHandleID(), name: name, at: time, loop: self, body: body)
    schedule(.function(handle), id: handle.id, at: time)
    return handle
  }

  // MARK: For the loop's own

  @discardableResult
  func callSoon(_ name: String, cause: Cause, _ body: @escaping () throws -> Void) -> Handle {
    let handle = Handle(id: nextHandleID(), name: name, loop: self, body: body)
    enqueue(.function(handle), id: handle.id, cause: cause)
    return handle
  }

  /// Calls `body` when a task's time is up: at once if that has passed.
  func limit(_ task: FutureID, until time: Int64, _ body: @escaping () throws -> Void) -> Handle {
    let handle = Handle(
      id: nextHandleID(), name: "timeout", limiting: task, loop: self, body: body)
    if time <= self.time {
      enqueue(.function(handle), id: handle.id, cause: Cause(.callSoon))
    } else {
      schedule(.function(handle), id: handle.id, at: time)
    }
    return handle
  }

  /// Puts an action at the end of the ready queue.
  func enqueue(_ action: Action, cause: Cause) {
    enqueue(action, id: nextHandleID(), cause: cause)
  }

  /// Sets a timer that will put an action at the end of the ready queue.
  ///
  /// - Returns: the timer's identity, with which it can be cancelled.
  func schedule(_ action: Action, at time: Int64) -> HandleID {
    let id = nextHandleID()
    schedule(action, id: id, at: time)
    return id
  }

  /// Mirrors `Handle.cancel` for a handle that has not run yet.
  func cancelHandle(_ id: HandleID) {
    guard !isClosed else { return }
    cancelledHandles.insert(id)
    recorder?.record(.handleCancelled(id))
    sweepCancelledTimers()
  }

  /// The moment `seconds` from now, in nanoseconds, held within what the clock can count; it may have
  /// passed. A number that is none is now, since it compares so in `_run_once`.
  func moment(after seconds: Double) -> Int64 {
    let now = clock.now
    let nanoseconds = (seconds * 1e9).rounded()
    if nanoseconds.isNaN { return now }
    guard nanoseconds < Double(Int64.max - now) else { return .max }
    return nanoseconds > -Double(Int64.max) ? now + Int64(nanoseconds) : now
  }

  /// Makes room for tasks that are about to be made, where they are more than what is there: it would
  /// be moved several times while it grows.
  func reserve(tasks count: Int) {
    if count > ready.count { ready.reserveCapacity(ready.count + count) }
    tasks.reserve(count)
  }

  private func nextHandleID() -> HandleID {
    counters.handles += 1
    return HandleID(counters.handles)
  }

  private func enqueue(_ action: Action, id: HandleID, cause: Cause) {
    guard !isClosed else { return }
    ready.append(ReadyHandle(id: id, action: action))
    if let recorder {
      recorder.record(.handleScheduled(id, callback(of: action), cause: cause))
    }
  }

  private func schedule(_ action: Action, id: HandleID, at time: Int64) {
    guard !isClosed else { return }
    let time = chancesLeft > 0 ? leftToChance(time) : time
    timers.insert(action, id: id, at: time)
    if let recorder {
      recorder.record(.timerScheduled(id, when: time, callback(of: action)))
    }
  }

  private func callback(of action: Action) -> Callback {
    switch action {
    case .step(let task): Callback(.step, task.id)
    case .wakeup(let task, _): Callback(.wakeup, task.id)
    case .setResult(let future): Callback(.setResult, future.id)
    case .memberDone(let observer, _): Callback(.memberDone, observer.outerID)
    case .stop(let future): Callback(.stop, future.id)
    case .function(let handle) where handle.limited != .none: Callback(.timeout, handle.limited)
    case .function(let handle): named(handle.name)
    case .doneCallback(let callback, _): named(callback.name)
    case .job: Callback(.job, .none)
    }
  }

  private func named(_ name: String) -> Callback {
    Callback(function: recorder?.intern(name) ?? .empty)
  }

  /// Rebuilds the heap when most of it is cancelled, by the limits of `_run_once`.
  private func sweepCancelledTimers() {
    guard cancelledHandles.count > 100, cancelledHandles.count * 2 > timers.count else { return }
    timers.remove(&cancelledHandles)
  }
}
