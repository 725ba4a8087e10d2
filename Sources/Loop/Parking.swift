import Trace

/// Where the code of a coroutine stands while it is suspended.
///
/// There is one for all loops: it is never freed, so that nobody has to count it, and knows the
/// loop by the thread.
@globalActor
actor Parking {
  static let shared = Parking()

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    ParkingExecutor.shared.asUnownedSerialExecutor()
  }
}

/// Suspends the coroutine until a step runs the job that this leaves in ``EventLoop/parked``.
///
/// The step runs that job on the loop's own executor and not on this one, so that the way back is
/// no hop: there is nothing here that would have to be protected. What the step brings can only be
/// read here and not before, so the way here cannot be left out.
///
/// - Returns: what the step throws into the coroutine.
@Parking
@inline(__always)
func park() -> (any Error)? { CurrentLoop.withLoop { $0.goesOn() } ?? nil }

/// Suspends a carrier until it is to take up another coroutine.
///
/// - Returns: false if there is no loop any more on which it could.
@Parking
func parkCarrier() -> Bool { CurrentLoop.withLoop { _ in true } ?? false }

/// Hands the job of a coroutine that parks to the loop of its thread.
private final class ParkingExecutor: SerialExecutor {
  static let shared = ParkingExecutor()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    CurrentLoop.withLoop { $0.parked = job }
  }

  func checkIsolated() {}
}

extension EventLoop {
  /// Runs a job until it suspends or ends.
  ///
  /// - Parameter error: thrown into the coroutine at its await.
  /// - Returns: the job with which a coroutine that has parked goes on, or with which its carrier
  ///   takes up another one if it has ended; nil if it awaits what is not of this loop.
  @inline(__always)
  func resume(_ job: UnownedJob, throwing error: (any Error)? = nil) -> UnownedJob? {
    if let error { brought = error }
    job.runSynchronously(on: unownedExecutor)
    guard let parked else { return nil }
    self.parked = nil
    return parked
  }

  /// What a coroutine does that has parked when its job is run.
  ///
  /// - Returns: what the step brings.
  @inline(__always)
  fileprivate func goesOn() -> (any Error)? {
    if recorder != nil { recordResumption() }
    guard let brought else { return nil }
    self.brought = nil
    return brought
  }

  @inline(never)
  private func recordResumption() {
    recorder?.record(.coroutineResumed(runningLane))
  }
}
