import Trace

/// Mirrors `asyncio.sleep`: lets others run for at least so long.
///
/// 0 gives up one turn: the next step goes to the end of the ready queue. Anything longer costs two
/// handles, as in CPython: the timer resolves a future, and that wakes the coroutine a tick later.
///
/// - Parameter seconds: how long; 0 or less yields once. 3.6 sets a timer for less than 0.
/// - Throws: ``CancelledError``; ``ValueError`` for a number that is none, from 3.13 on;
///   ``RuntimeError`` where no task of a loop runs.
public func sleep(_ seconds: Double, line: UInt32 = #line) async throws {
  if CurrentLoop.isClosed { try await refuseAwait() }
  let timed = try CurrentLoop.withTask { try $0.beginSleep(seconds, line: line) }
  guard let timed else { throw awaitOutsideTask() }
  if let error = await park() {
    if let (future, timer) = timed, !future.timerHasRun { future.loop.cancelHandle(timer) }
    throw error
  }
}

extension TaskCore {
  /// Schedules the step that ends a sleep.
  ///
  /// - Returns: the timer and the future that it resolves, nil for a yield.
  fileprivate func beginSleep(
    _ seconds: Double, line: UInt32
  ) throws -> (future: Future<Void>, timer: HandleID)? {
    guard seconds > 0 || (seconds < 0 && loop.profile.negativeSleepSetsTimer) else {
      if seconds.isNaN && loop.profile.sleepRefusesNaN {
        throw ValueError("Invalid delay: NaN (not a number)")
      }
      yield(line: line)
      return nil
    }
    let future = Future<Void>(loop: loop, kind: "sleep")
    let timer = loop.schedule(.setResult(future), at: loop.moment(after: seconds))
    try wait(on: future, as: .sleep, line: line)
    return (future, timer)
  }
}
