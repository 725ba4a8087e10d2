import Trace

/// Mirrors `asyncio.Task`: a future that runs a coroutine, a step at a time.
///
/// Making one runs nothing: its first step is put at the end of the ready queue.
public final class LoopTask<Value>: Future<Value> {
  public let name: String
  private let core: TaskCore
  private var cancelRequests = 0

  /// - Parameter name: `Task-1`, `Task-2` … where nil.
  init(_ coroutine: Coroutine<Value>, loop: EventLoop, name: String?) {
    if name == nil { loop.counters.tasks += 1 }
    self.name = name ?? "Task-\(loop.counters.tasks)"
    let id = FutureID(loop.counters.futures + 1)
    core = TaskCore(id: id, loop: loop)
    coroutine.join(loop)
    super.init(loop: loop, kind: nil)
    if let recorder = loop.recorder {
      recorder.record(
        .taskCreated(id, coroutine.lane, name: recorder.intern(self.name), by: loop.runningLane))
    }
    loop.tasks.add(core)
    core.prepare(
      start: { await self.run(coroutine) },
      abandon: { error in
        coroutine.close(throwing: error)
        self.end(.failure(error))
      })
    loop.enqueue(.step(core), cause: Cause(.taskCreated))
  }

  override var waitKind: Wait.Kind { .task }

  /// Mirrors `Task.cancel`: asks, and does not wait. The coroutine gets a ``CancelledError`` at its
  /// await, in a later step, and may refuse.
  ///
  /// - Returns: false if the task was done already.
  @discardableResult
  public override func cancel(_ message: String = "") -> Bool {
    guard !isDone else { return false }
    cancelRequests += 1
    core.cancel(loop.profile.cancelTakesMessage ? message : "")
    return true
  }

  /// Mirrors `Task.cancelling` (3.11 on; 0 before).
  public var cancelling: Int { loop.profile.tasksCountCancelRequests ? cancelRequests : 0 }

  /// Mirrors `Task.uncancel` (3.11 on): takes back one request, and from 3.13 the cancellation
  /// itself if none is left and it has not reached the coroutine.
  ///
  /// - Returns: the requests that are left.
  @discardableResult
  public func uncancel() -> Int {
    guard loop.profile.tasksCountCancelRequests, cancelRequests > 0 else { return cancelling }
    cancelRequests -= 1
    if cancelRequests == 0, loop.profile.uncancelTakesPendingCancelBack { core.withdrawCancel() }
    return cancelRequests
  }

  private func run(_ coroutine: Coroutine<Value>) async {
    do {
      guard coroutine.state == .created else {
        throw RuntimeError("cannot reuse already awaited coroutine")
      }
      end(.success(try await coroutine.run(in: loop)))
    } catch {
      end(.failure(error))
    }
  }

  /// Mirrors the end of `__step`: the task takes the coroutine's outcome.
  private func end(_ outcome: Result<Value, any Error>) {
    core.finished()
    guard !loop.isClosed else { return }
    switch outcome {
    case .success(let value):
      if let message = core.takePendingCancel() {
        if loop.profile.returningTaskIsCancelled {
          super.cancel(message)
        } else {
          finish(.failure(CancelledError()))
        }
      } else {
        finish(.success(value))
      }
    case .failure(let error as CancelledError):
      cancelled(by: error)
    case .failure(let error):
      finish(.failure(error))
    }
  }
}
