import Trace

/// Mirrors `asyncio.Future`: a result that is not there yet.
public class Future<Value>: AnyFuture, Awaitable {
  /// Mirrors `loop.create_future`.
  ///
  /// - Precondition: an event loop is running on this thread.
  public convenience init() {
    self.init(loop: runningLoop(), kind: "future")
  }

  override init(
    loop: EventLoop, kind: String?, of resource: ResourceID = .none, waitKind: Wait.Kind = .future
  ) {
    super.init(loop: loop, kind: kind, of: resource, waitKind: waitKind)
  }

  deinit {
    if hasResult { resultRoom.clear(Value.self) }
  }

  public var isCoroutine: Bool { false }

  public func ensureFuture(on loop: EventLoop) -> Future<Value> { self }

  /// Mirrors `Future.__await__`: suspends until it is done, unless it is already.
  ///
  /// - Throws: its exception, or ``CancelledError``.
  public func callAsFunction(line: UInt32 = #line) async throws -> Value {
    if !isDone { try await suspend(on: self, as: waitKind, line: line) }
    return try result()
  }

  /// Mirrors `Future.result()`.
  ///
  /// - Throws: its exception; ``InvalidStateError`` while it is pending.
  public func result() throws -> Value {
    if let error = takeError() { throw error }
    guard hasResult else { throw InvalidStateError("Result is not set.") }
    return resultRoom.result(as: Value.self)
  }

  /// Mirrors `Future.set_result`.
  ///
  /// - Throws: ``InvalidStateError`` if it is done.
  public func setResult(_ value: Value) throws {
    guard !isDone else { throw InvalidStateError("invalid state") }
    finish(returning: value)
  }

  /// Mirrors `Future.set_exception`.
  ///
  /// - Throws: ``InvalidStateError`` if it is done.
  public func setException(_ error: any Error) throws {
    guard !isDone else { throw InvalidStateError("invalid state") }
    finish(throwing: error)
  }

  override var outcomeText: String {
    guard isDone, !isCancelled, hasResult else { return super.outcomeText }
    return "result=\(pythonText(resultRoom.result(as: Value.self)))"
  }

  /// Gives a pending future its outcome. An error that is a ``CancelledError`` stays an exception,
  /// as it does in CPython: only ``cancel(_:)`` cancels.
  func finish(_ outcome: Result<Value, any Error>) {
    switch outcome {
    case .success(let value): finish(returning: value)
    case .failure(let error): finish(throwing: error)
    }
  }

  func finish(returning value: Value) {
    precondition(!hasResult, "a future has one result")
    resultRoom.fill(with: value)
    hasResult = true
    resolve(error: nil, as: .result)
  }

  func finish(throwing error: any Error) { resolve(error: error, as: .exception) }
}

extension Future<Void> {
  /// Mirrors `futures._set_result_unless_cancelled`.
  func timerFired() {
    timerHasRun = true
    if !isDone { finish(returning: ()) }
  }
}
