import Trace

/// What coroutines of all types share: a lane, and a place in a chain of awaits.
public class AnyCoroutine {
  /// How far its code has come: `inspect.getcoroutinestate`.
  enum State {
    case created
    case started
    case closed
  }

  /// The name with its arguments: `meow(3)`.
  public let name: String
  let site: (file: StaticString, line: UInt32)
  private(set) var lane: LaneID = .none
  private(set) var loop: EventLoop?
  var state = State.created
  /// The coroutine that awaits this one directly.
  final var awaitedBy: AnyCoroutine?

  init(name: String, file: StaticString, line: UInt32) {
    self.name = name
    site = (file, line)
    if let loop = CurrentLoop.loop { join(loop) }
  }

  /// Gives it a lane on a loop, unless it has one. A coroutine made where no loop was current gets
  /// its lane when it is first used.
  func join(_ loop: EventLoop) {
    guard self.loop == nil else { return }
    self.loop = loop
    loop.counters.lanes += 1
    lane = LaneID(loop.counters.lanes)
    guard let recorder = loop.recorder else { return }
    recorder.record(
      .coroutineCreated(
        lane, name: recorder.intern(name), parent: loop.runningLane,
        at: Site(file: loop.identity(ofFile: site.file) { fileName }, line: site.line)))
  }

  /// The last part of the file's name, as a run's header lists its sources.
  var fileName: String {
    site.file.withUTF8Buffer { bytes in
      let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
      return String(decoding: bytes[start...], as: UTF8.self)
    }
  }

  /// The name without arguments, which Python calls the function's qualified name.
  var functionName: Substring { name.prefix { $0 != "(" } }

  /// As `repr(task)` shows it: `meow() running at Order.swift:5`.
  ///
  /// - Parameter line: where its code stands, if that is known.
  func repr(line: UInt32) -> String {
    let place = state == .closed ? "done, defined" : "running"
    let line = state == .started && line > 0 ? line : site.line
    return "\(functionName)() \(place) at \(fileName):\(line)"
  }

  deinit {
    guard state == .created, let loop, !loop.isClosed else { return }
    loop.recorder?.record(.coroutineNeverAwaited(lane))
    loop.warn(
      "RuntimeWarning", "coroutine '\(functionName)' was never awaited",
      at: "\(fileName):\(site.line)")
  }
}

/// Mirrors a Python coroutine object: cold until it is awaited or made into a task, and good for
/// one use.
///
/// ```swift
/// func greet(_ whom: String) -> Coroutine<Void> {
///   Coroutine("greet(\(whom))") { print("Hey, \(whom)!") }
/// }
/// try await greet("you")()
/// ```
///
/// Its code must belong to no actor. A closure that is written in the top-level code of `main.swift`,
/// in the `main()` of an `@main` type or in anything else that belongs to the main actor belongs to
/// it too, and would wait for ever for the thread on which the loop runs. Such a coroutine throws a
/// ``RuntimeError`` that says so when it is awaited: make it in a function that is `nonisolated`.
public final class Coroutine<Value>: AnyCoroutine, Awaitable {
  private var body: (() async throws -> Value)?

  /// - Parameters:
  ///   - name: the function's name with its arguments, which names the lane.
  ///   - isolation: the actor to which the code around it belongs, and so does a closure there; nil
  ///     for a body that is known to belong to none.
  ///   - body: its code, which runs on the loop's thread.
  public init(
    _ name: String, file: StaticString = #fileID, line: UInt32 = #line,
    isolation: (any Actor)? = #isolation, _ body: @escaping () async throws -> Value
  ) {
    self.body = body
    super.init(name: name, file: file, line: line)
    if let isolation { refuse(isolation) }
  }

  private func refuse(_ isolation: any Actor) {
    let actor = isolation is MainActor ? "the main actor" : "an actor"
    let error = RuntimeError(
      "the code of \(name) belongs to \(actor) and not to the loop: "
        + "make the coroutine in a function that is nonisolated")
    body = { throw error }
  }

  public var isCoroutine: Bool { true }

  public func ensureFuture(on loop: EventLoop) -> Future<Value> {
    LoopTask(self, loop: loop, name: nil)
  }

  /// Mirrors `await coroutine`: runs it here and now, inside the coroutine that awaits it, with no
  /// trip through the ready queue.
  ///
  /// - Throws: what its code throws; ``RuntimeError`` if it was awaited before.
  public func callAsFunction(line: UInt32 = #line) async throws -> Value {
    let loop = try getRunningLoop()
    join(loop)
    let task = loop.currentTask
    switch state {
    case .created: loop.recorder?.record(.coroutineAwaited(by: loop.runningLane, lane, line: line))
    case .started where task?.isRunning(self) == true:
      throw ValueError("coroutine already executing")
    case .started: throw RuntimeError("coroutine is being awaited already")
    case .closed: throw RuntimeError("cannot reuse already awaited coroutine")
    }
    guard let task else { throw RuntimeError("await outside a task") }
    return try await run(in: task)
  }

  /// Runs the body in the task whose step is on the loop now. It is part of its callers, as
  /// ``TaskCore/suspend(on:as:line:)`` is.
  @inline(__always)
  func run(in task: TaskCore) async throws -> Value {
    let body = try start(in: task)
    do {
      let value = try await body()
      task.leave(self)
      returned(value)
      return value
    } catch {
      task.leave(self)
      failed(error)
      throw error
    }
  }

  private func start(in task: TaskCore) throws -> () async throws -> Value {
    guard let body else { throw RuntimeError("cannot reuse already awaited coroutine") }
    self.body = nil
    state = .started
    task.enter(self)
    return body
  }

  /// Mirrors `coroutine.close` for one that has not started: it will not be missed.
  public func close() {
    guard state == .created else { return }
    if let loop, !loop.isClosed { loop.recorder?.record(.coroutineNeverAwaited(lane)) }
    body = nil
    state = .closed
  }

  /// Ends it before it has started, as `coroutine.throw` does.
  func close(throwing error: any Error) {
    body = nil
    failed(error)
  }

  private func returned(_ value: Value) {
    state = .closed
    guard let loop, let recorder = loop.recorder, !loop.isClosed else { return }
    let shown = value is Void ? TextID.empty : recorder.intern(pythonText(value))
    recorder.record(.coroutineReturned(lane, value: shown))
  }

  private func failed(_ error: any Error) {
    state = .closed
    guard let loop, let recorder = loop.recorder, !loop.isClosed else { return }
    if error is CancelledError {
      recorder.record(.coroutineCancelled(lane))
    } else {
      recorder.record(.coroutineRaised(lane, exception: recorder.intern(recordedText(of: error))))
    }
  }
}
