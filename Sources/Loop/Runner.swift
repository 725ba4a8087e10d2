public import Trace

/// Mirrors `asyncio.Runner` (3.11 on): runs several main coroutines on one loop, one after the other,
/// and ends the loop as `asyncio.run` does.
///
/// ```swift
/// try withRunner(clock: .virtual) { runner in
///   let number = try runner.run(meow(1))
///   try runner.run(meow(number + 1))
/// }
/// ```
///
/// What one run leaves behind, such as its tasks, goes on in the next one. CPython's also has Ctrl-C
/// cancel the main task; here signals are the program's own.
public final class Runner {
  private let loop: EventLoop

  /// - Parameters: as for ``run(_:debug:clock:profile:seed:recordedBy:echo:)``.
  /// - Throws: ``AttributeError`` before 3.11.
  public convenience init(
    debug: Bool = false, clock: RunHeader.Clock = .real, profile: Profile = .latest,
    seed: UInt64 = 0, recordedBy recorder: Recorder? = nil,
    echo: ((String, Stream) -> Void)? = writeToStandardStreams
  ) throws {
    let loop = EventLoop(
      clock: clock, profile: profile, seed: seed, recordedBy: recorder, echo: echo)
    try loop.require(profile.hasStructuredConcurrency, "Runner")
    loop.setDebug(debug)
    self.init(loop)
  }

  init(_ loop: EventLoop) { self.loop = loop }

  /// Mirrors `Runner.get_loop`.
  ///
  /// - Throws: ``RuntimeError`` when it is closed.
  public func getLoop() throws -> EventLoop {
    guard !loop.isClosed else { throw RuntimeError("Runner is closed") }
    return loop
  }

  /// Mirrors `Runner.run`: runs a coroutine to its end, and not what it leaves behind.
  ///
  /// - Throws: what the coroutine throws; ``RuntimeError`` inside a running loop and when it is closed;
  ///   ``ValueError`` for what is no coroutine, up to 3.13.
  @discardableResult
  public func run<A: Awaitable>(_ main: @autoclosure () throws -> A) throws -> A.Value {
    guard CurrentLoop.loop == nil else {
      throw RuntimeError("Runner.run() cannot be called from a running event loop")
    }
    let loop = try getLoop()
    let main = try make(main, on: loop)
    if main.isCoroutine { return try loop.runUntilComplete(main) }
    guard loop.profile.runTakesAwaitables else {
      let shown = (main as? AnyFuture)?.repr ?? "\(main)"
      throw ValueError("a coroutine was expected, got \(shown)")
    }
    return try loop.runUntilComplete(
      Coroutine("_wrap_awaitable()") { try await main(line: 0) })
  }

  /// Makes the main coroutine. What that throws, for an argument of it, is what the run ended with.
  private func make<A>(_ main: () throws -> A, on loop: EventLoop) throws -> A {
    do {
      return try CurrentLoop.entered(loop, main)
    } catch {
      loop.failure = error
      throw error
    }
  }

  /// Mirrors `Runner.close`: cancels what is left, waits for it and for threads, and closes the loop.
  ///
  /// - Throws: what ends the program meanwhile, see ``KeyboardInterrupt``; ``DeadlockError`` if what was
  ///   cancelled never ends.
  public func close() throws {
    guard !loop.isClosed else { return }
    // The recording ends with the error of the last run, which this is not.
    let failure = loop.failure
    defer { loop.close() }
    try loop.cancelAllTasks()
    try loop.runTicks(2)
    loop.shutdownDefaultExecutor()
    if loop.profile.endShutsExecutorDown { try loop.runTicks(2) }
    loop.failure = failure
  }
}

/// Mirrors `with asyncio.Runner() as runner` (3.11 on).
///
/// - Parameters: as for ``run(_:debug:clock:profile:seed:recordedBy:echo:)``.
/// - Returns: what the body returns.
/// - Throws: what the body throws; what ``Runner/close()`` throws; ``AttributeError`` before 3.11.
@discardableResult
public func withRunner<Value>(
  debug: Bool = false, clock: RunHeader.Clock = .real, profile: Profile = .latest,
  seed: UInt64 = 0, recordedBy recorder: Recorder? = nil,
  echo: ((String, Stream) -> Void)? = writeToStandardStreams,
  _ body: (Runner) throws -> Value
) throws -> Value {
  let runner = try Runner(
    debug: debug, clock: clock, profile: profile, seed: seed, recordedBy: recorder, echo: echo)
  return try runner.closed(after: body)
}

extension Runner {
  /// Mirrors `__enter__` and `__exit__` around a body.
  func closed<Value>(after body: (Runner) throws -> Value) throws -> Value {
    let outcome = Result { try body(self) }
    try close()
    return try outcome.get()
  }
}
