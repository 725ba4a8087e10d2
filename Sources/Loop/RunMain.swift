public import Trace

/// Mirrors `asyncio.run`: makes a loop, runs a coroutine on it, cancels what is left, waits for
/// threads, and closes the loop.
///
/// ```swift
/// try run(main())
/// ```
///
/// What is ready at the end has the ticks in which CPython shuts asynchronous generators and the
/// default executor down. For several runs on one loop see ``Runner``.
///
/// - Parameters:
///   - debug: warns of callbacks that take long.
///   - clock: virtual time jumps over every wait; real time passes.
///   - profile: the CPython version whose decisions to take.
///   - seed: chooses what asyncio leaves to chance.
///   - recorder: is told all that happens; see also ``record(_:to:program:sources:debug:clock:profile:seed:chances:echo:)``.
///   - echo: receives what coroutines print, and what goes to stderr.
/// - Throws: what the coroutine throws; ``RuntimeError`` inside a running loop; ``ValueError`` for what
///   is no coroutine, up to 3.13.
@discardableResult
public func run<A: Awaitable>(
  _ main: @autoclosure () throws -> A, debug: Bool = false, clock: RunHeader.Clock = .real,
  profile: Profile = .latest, seed: UInt64 = 0, recordedBy recorder: Recorder? = nil,
  echo: ((String, Stream) -> Void)? = writeToStandardStreams
) throws -> A.Value {
  guard CurrentLoop.loop == nil else {
    throw RuntimeError("asyncio.run() cannot be called from a running event loop")
  }
  let loop = EventLoop(
    clock: clock, profile: profile, seed: seed, recordedBy: recorder, echo: echo)
  loop.setDebug(debug)
  return try Runner(loop).closed { try $0.run(try main()) }
}

extension EventLoop {
  /// Mirrors `asyncio.runners._cancel_all_tasks`: cancels what is left, waits for it, and reports
  /// what it throws.
  package func cancelAllTasks() throws {
    let left = allTasks(self)
    guard !left.isEmpty else { return }
    for task in left { task.cancel() }
    try runUntilComplete(CurrentLoop.entered(self) { Waiter(awaiting: left, loop: self) })
    for task in left where !task.isCancelled {
      guard let error = task.takeError() else { continue }
      try callExceptionHandler(
        ExceptionContext(
          "unhandled exception during asyncio.run() shutdown", exception: error,
          details: [.init("task", task.repr)]))
    }
  }

  /// What `run_until_complete(loop.shutdown_asyncgens())` does where there are none, and so that of
  /// `shutdown_default_executor()`: a task with nothing to do gives two ticks to what is ready.
  func runTicks(_ count: Int) throws {
    for _ in 1...count {
      stop()
      try runForever()
    }
  }
}

extension Future<Void> {
  /// Mirrors `gather(*tasks, return_exceptions=True)` for tasks of any type, whose results nobody
  /// wants.
  fileprivate convenience init(awaiting tasks: [any AnyLoopTask], loop: EventLoop) {
    self.init(loop: loop, kind: "gather", waitKind: .gather)
    let observer = Countdown(self, of: tasks)
    for task in tasks {
      loop.recorder?.record(.futureAwaits(id, task.id))
      task.addCallback(.memberDone(observer))
    }
  }
}

private final class Countdown: MemberObserver {
  private let waiter: Waiter
  private let tasks: [any AnyLoopTask]
  private var left: Int

  init(_ waiter: Waiter, of tasks: [any AnyLoopTask]) {
    self.waiter = waiter
    self.tasks = tasks
    left = tasks.count
    super.init(outerID: waiter.id)
  }

  /// The last collects the results of all, and so has asked for their exceptions.
  override func memberDone(_ member: AnyFuture) {
    left -= 1
    guard left == 0 else { return }
    for task in tasks where !task.isCancelled { _ = task.takeError() }
    waiter.letGo()
  }
}
