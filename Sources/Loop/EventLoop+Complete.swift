import Trace

extension EventLoop {
  /// Mirrors `loop.run_until_complete`: makes a task of a coroutine, runs the loop until the task
  /// is done, and gives its result.
  ///
  /// - Parameter main: made on this loop, so that `loop.runUntilComplete(main())` reads as it does
  ///   in Python.
  /// - Throws: what the coroutine throws; a ``KeyboardInterrupt`` or ``SystemExit`` of any task or
  ///   callback; ``RuntimeError`` if a loop runs here already, or this one is stopped before the end;
  ///   ``DeadlockError`` if nothing can wake it any more.
  @discardableResult
  public func runUntilComplete<A: Awaitable>(
    _ main: @autoclosure () throws -> A
  ) throws -> A.Value {
    try requireThatItCanRun()
    return try CurrentLoop.entered(self) {
      let future = try begin(main)
      guard try runHandles() else { throw endInDeadlock(of: future) }
      return try complete(future)
    }
  }

  /// Mirrors `loop.run_forever`: runs until ``stop()`` is called, which ends it with its tick. One that
  /// was stopped before runs a single tick.
  ///
  /// - Throws: a ``KeyboardInterrupt`` or ``SystemExit`` of a task or callback; ``RuntimeError`` if a
  ///   loop runs here already or this one is closed; ``DeadlockError`` where CPython waits for ever,
  ///   since nothing can wake it any more.
  public func runForever() throws {
    try requireThatItCanRun()
    try CurrentLoop.entered(self) {
      isRunning = true
      var failure: (any Error)?
      if try !runHandles() {
        failure = deadlock(of: "nobody stops the loop")
      } else if let error = programExit {
        programExit = nil
        failure = error
      }
      end(with: failure)
      if let failure { throw failure }
    }
  }

  private func requireThatItCanRun() throws {
    guard !isClosed else { throw RuntimeError("Event loop is closed") }
    guard !isRunning else { throw RuntimeError("This event loop is already running") }
    guard CurrentLoop.loop == nil else {
      throw RuntimeError("Cannot run the event loop while another loop is running")
    }
  }

  /// Runs handles until the loop is stopped.
  ///
  /// - Returns: false if nothing can wake it any more.
  private func runHandles() throws -> Bool {
    if isStopping, !runsBeforeStop() { return true }
    while true {
      switch runHandle() {
      case .ran:
        handlesLeft &-= 1
        if handlesLeft == 0 { throw EndlessError() }
      case .idle(let time): executor.mailbox.wait(nanoseconds: max(0, time - clock.now))
      case .exhausted: return false
      case .stopped: return true
      }
    }
  }

  /// Begins the one tick of a loop that was stopped before it runs: `run_forever` asks only after it.
  ///
  /// - Returns: false if there is nothing to run in it.
  @inline(never)
  private func runsBeforeStop() -> Bool {
    isStopping = false
    defer { isStopping = true }
    return runHandle(limit: clock.now) == .ran
  }

  /// Schedules the main coroutine; the caller then runs handles itself.
  func begin<A: Awaitable>(_ main: () throws -> A) rethrows -> Future<A.Value> {
    let main = try main()
    isTaskOfMain = main.isCoroutine
    let future = main.ensureFuture(on: self)
    isRunning = true
    future.addCallback(.stop)
    return future
  }

  /// Ends a run whose loop has stopped.
  func complete<Value>(_ future: Future<Value>) throws -> Value {
    future.removeStopCallback()
    do {
      if let error = programExit {
        programExit = nil
        // Nobody else has the task of a main coroutine, and so nobody could ask for its exception.
        if isTaskOfMain, future.isDone { _ = try? future.exception() }
        throw error
      }
      guard future.isDone else {
        throw RuntimeError("Event loop stopped before Future completed.")
      }
      let value = try future.result()
      end(with: nil)
      return value
    } catch {
      end(with: error)
      throw error
    }
  }

  /// Ends a run that nothing can wake any more.
  func endInDeadlock(of future: AnyFuture) -> DeadlockError {
    let error = deadlock(of: "the main future was never resolved")
    future.removeStopCallback()
    end(with: error)
    return error
  }

  private func end(with error: (any Error)?) {
    isRunning = false
    isStopping = false
    failure = error
    if recordsOneRun { recordEnd(with: error) }
  }

  func recordEnd(with error: (any Error)?) {
    guard let recorder else { return }
    let exception = error.map { recorder.intern(recordedText(of: $0)) } ?? .empty
    recorder.record(.runEnded(exception: exception))
  }
}
