public import Trace

/// Mirrors `asyncio.run`: makes a loop, runs a coroutine on it, cancels what is left, waits for
/// threads, and closes the loop.
///
/// ```swift
/// try run(main())
/// ```
///
/// CPython also shuts asynchronous generators down, of which this loop has none.
///
/// - Parameters:
///   - debug: warns of callbacks that take long.
///   - clock: virtual time jumps over every wait; real time passes.
///   - profile: the CPython version whose decisions to take.
///   - seed: chooses what asyncio leaves to chance.
///   - recorder: is told all that happens; see also ``record(_:to:program:sources:debug:clock:profile:seed:echo:)``.
///   - echo: receives what coroutines print, and what goes to stderr.
/// - Throws: what the coroutine throws; ``RuntimeError`` inside a running loop; ``ValueError`` for what
///   is no coroutine, up to 3.13.
@discardableResult
public func run<A: Awaitable>(
  _ main: @autoclosure () -> A, debug: Bool = false, clock: RunHeader.Clock = .real,
  profile: Profile = .latest, seed: UInt64 = 0, recordedBy recorder: Recorder? = nil,
  echo: ((String, Stream) -> Void)? = writeToStandardStreams
) throws -> A.Value {
  guard CurrentLoop.loop == nil else {
    throw RuntimeError("asyncio.run() cannot be called from a running event loop")
  }
  let loop = EventLoop(
    clock: clock, profile: profile, seed: seed, recordedBy: recorder, echo: echo)
  loop.setDebug(debug)
  defer { loop.close() }
  defer { loop.shutdownDefaultExecutor() }
  let outcome = Result { try loop.runMain(CurrentLoop.entered(loop) { main() }) }
  try loop.cancelAllTasks()
  return try outcome.get()
}

extension EventLoop {
  fileprivate func runMain<A: Awaitable>(_ main: A) throws -> A.Value {
    if main.isCoroutine { return try runUntilComplete(main) }
    guard profile.runTakesAwaitables else {
      let shown = (main as? AnyFuture)?.repr ?? "\(main)"
      throw ValueError("a coroutine was expected, got \(shown)")
    }
    return try runUntilComplete(Coroutine("_wrap_awaitable()") { try await main(line: 0) })
  }

  /// Mirrors `asyncio.runners._cancel_all_tasks`: cancels what is left, waits for it, and reports
  /// what it throws.
  package func cancelAllTasks() throws {
    let left = tasks.all.compactMap(\.owner?.asTask)
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
