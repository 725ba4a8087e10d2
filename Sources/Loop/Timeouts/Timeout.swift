import Trace

/// Mirrors `asyncio.timeout` (3.11 on): cancels the task that runs the body when time is up, and
/// makes a ``TimeoutError`` of that cancellation.
///
/// ```swift
/// try await timeout(2) { _ in try await meow(3)() }
/// ```
///
/// - Parameters:
///   - seconds: from now; nil sets no limit.
///   - body: gets the timeout, so that it can be rescheduled.
/// - Throws: ``TimeoutError``; what the body throws; ``AttributeError`` before 3.11.
@discardableResult
public func timeout<Value>(
  _ seconds: Double?, _ body: (Timeout) async throws -> Value
) async throws -> Value {
  let loop = try getRunningLoop()
  try loop.require(loop.profile.hasStructuredConcurrency, "timeout")
  return try await Timeout(when: seconds.map { loop.moment(after: $0) }).run(body)
}

/// Mirrors `asyncio.timeout_at` (3.11 on).
///
/// - Parameter when: nanoseconds on the loop's clock; nil sets no limit.
/// - Throws: as ``timeout(_:_:)`` does.
@discardableResult
public func timeoutAt<Value>(
  _ when: Int64?, _ body: (Timeout) async throws -> Value
) async throws -> Value {
  let loop = try getRunningLoop()
  try loop.require(loop.profile.hasStructuredConcurrency, "timeout_at")
  return try await Timeout(when: when).run(body)
}

/// Mirrors `asyncio.Timeout`.
public final class Timeout {
  private enum State: String {
    case created
    case entered = "active"
    case expiring
    case expired
    case exited = "finished"
  }

  private var state = State.created
  private var handle: Handle?
  private var task: (any AnyLoopTask)?
  private var cancellingBefore = 0

  /// Mirrors `Timeout.when`: the deadline in nanoseconds on the loop's clock, nil for none.
  public private(set) var when: Int64?

  init(when: Int64?) { self.when = when }

  /// Mirrors `Timeout.expired`.
  public var expired: Bool { state == .expiring || state == .expired }

  /// Mirrors `Timeout.reschedule`.
  ///
  /// - Parameter when: nanoseconds on the loop's clock; nil takes the limit away.
  /// - Throws: ``RuntimeError`` before the body has begun and when time is up.
  public func reschedule(_ when: Int64?) throws {
    guard state == .entered else {
      throw RuntimeError(
        state == .created
          ? "Timeout has not been entered" : "Cannot change state of \(state.rawValue) Timeout")
    }
    let loop = try getRunningLoop()
    self.when = when
    handle?.cancel()
    handle = when.map { when in
      loop.limit(task?.id ?? .none, until: when) { [weak self] in self?.timeIsUp() }
    }
  }

  /// Mirrors `__aenter__` and `__aexit__` around a body.
  func run<Value>(_ body: (Timeout) async throws -> Value) async throws -> Value {
    guard let task = currentTask() else {
      throw RuntimeError("Timeout should be used inside a task")
    }
    state = .entered
    self.task = task
    cancellingBefore = task.loop.profile.timeoutKnowsEarlierRequests ? task.cancelling : 0
    try reschedule(when)
    do {
      let value = try await body(self)
      exit()
      return value
    } catch let error {
      let isHandled = exit()
      throw isHandled && error is CancelledError ? TimeoutError() : error
    }
  }

  private func timeIsUp() {
    task?.cancel()
    state = .expiring
    handle = nil
  }

  /// - Returns: whether the cancellation that passes is this timeout's own.
  @discardableResult
  private func exit() -> Bool {
    handle?.cancel()
    handle = nil
    defer { task = nil }
    guard state == .expiring else {
      state = .exited
      return false
    }
    state = .expired
    return (task?.uncancel() ?? 0) <= cancellingBefore
  }
}
