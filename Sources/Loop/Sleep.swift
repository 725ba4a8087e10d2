import Trace

/// Mirrors `asyncio.sleep`: lets others run for at least so long.
///
/// 0 gives up one turn: the next step goes to the end of the ready queue. Anything longer costs two
/// handles, as in CPython: the timer resolves a future, and that wakes the coroutine a tick later.
///
/// - Parameter seconds: how long; 0 or less yields once. 3.6 sets a timer for less than 0.
/// - Throws: ``CancelledError``; ``ValueError`` for a number that is none, from 3.13 on.
public func sleep(_ seconds: Double, line: UInt32 = #line) async throws {
  guard let task = CurrentLoop.task else { throw RuntimeError("no running event loop") }
  if task.loop.isClosed { try await task.refuse() }
  let timed = try task.beginSleep(seconds, line: line)
  let error = await task.loop.executor.parking.park()
  do {
    try task.resume(throwing: error)
  } catch {
    if let (future, timer) = timed, !future.timerHasRun { task.loop.cancelHandle(timer) }
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
    let timer = loop.schedule(.setResult(future), at: loop.deadline(after: seconds))
    wait(on: future, as: .sleep, line: line)
    return (future, timer)
  }
}
