import Trace

/// Mirrors `concurrent.futures.Future`: what another thread holds of a coroutine that it gave to a loop.
public final class ConcurrentFuture<Value: Sendable>: Sendable {
  private struct State {
    var outcome: Result<Value, any Error>?
    var isCancelled = false
    /// When it was resolved, in nanoseconds on the loop's clock; 0 by a thread with a time of its own.
    var moment: Int64 = 0
    /// The task of the coroutine, when there is one.
    var task: FutureID?
    /// What to call when it is resolved, on the loop's thread and under the lock.
    var endsOfWaiting: [@Sendable () -> Void] = []
    var continuations: [UnsafeContinuation<Value, any Error>] = []
  }

  private let state = Monitor(State())
  private let remote: EventLoop.Remote
  /// When it was asked for, as above.
  private let since: Int64

  fileprivate init(of remote: EventLoop.Remote) {
    self.remote = remote
    since = remote.workPlace?.moment ?? 0
  }

  /// Mirrors `Future.done`.
  public var isDone: Bool { state.access { $0.outcome != nil } }

  /// Mirrors `Future.cancelled`.
  public var isCancelled: Bool { state.access { $0.isCancelled } }

  /// Mirrors `Future.result`: blocks the thread until the coroutine has ended.
  ///
  /// In a function that the loop has given to a thread, a virtual clock goes on meanwhile, and the
  /// function at the moment at which the coroutine has ended: each run is the same.
  ///
  /// - Throws: what the coroutine throws; ``CancelledError``; ``RuntimeError`` if the loop is closed, and
  ///   on the loop's own thread, where CPython waits for ever.
  public func result() throws -> Value {
    if remote.isOfThisThread, !isDone {
      throw RuntimeError("the loop's thread cannot wait for what the loop is to do")
    }
    let place = remote.workPlace
    if let place {
      state.access { state in
        if state.outcome == nil { state.endsOfWaiting.append(place.beginWaiting()) }
      }
    }
    let (outcome, moment) = state.wait { state in state.outcome.map { ($0, state.moment) } }
    place?.goOn(at: moment)
    return try outcome.get()
  }

  /// The same for Swift's own concurrency, which it does not block. When the Swift task is cancelled,
  /// so is the coroutine.
  public var value: Value {
    get async throws {
      try await withTaskCancellationHandler {
        try await withUnsafeThrowingContinuation { continuation in
          let outcome = state.access { state in
            if state.outcome == nil { state.continuations.append(continuation) }
            return state.outcome
          }
          if let outcome { continuation.resume(with: outcome) }
        }
      } onCancel: {
        cancel()
      }
    }
  }

  /// Mirrors `Future.cancel`: it is cancelled at once, and its task when the loop hears of it.
  ///
  /// - Returns: false if it has ended otherwise already.
  @discardableResult
  public func cancel() -> Bool {
    guard let state = resolve(.failure(CancelledError()), asCancelled: true) else {
      return isCancelled
    }
    // Else there is no task yet, and it is cancelled when it is made.
    if state.task != nil || (remote.workPlace?.moment ?? 0) > since {
      remote.callSoonThreadsafe("cancel") { [self] in
        if let task = self.state.access({ $0.task }) { cancel(task) }
      }
    }
    return true
  }

  /// - Returns: what it was until then, nil if it was resolved already.
  @discardableResult
  private func resolve(
    _ outcome: Result<Value, any Error>, asCancelled isCancelled: Bool = false
  ) -> State? {
    let former = state.access(waking: true) { state in
      guard state.outcome == nil else { return nil as State? }
      let former = state
      state = State(
        outcome: outcome, isCancelled: isCancelled,
        moment: remote.workPlace?.moment ?? remote.time, task: state.task)
      for end in former.endsOfWaiting { end() }
      return former
    }
    for continuation in former?.continuations ?? [] { continuation.resume(with: outcome) }
    return former
  }

  /// Resolves it in any case: with the loop's end, where nothing else has.
  fileprivate final class Promise: Sendable {
    private let future: ConcurrentFuture

    init(_ future: ConcurrentFuture) { self.future = future }

    deinit { future.resolve(.failure(RuntimeError("Event loop is closed"))) }

    func keep(_ outcome: Result<Value, any Error>) { future.resolve(outcome) }

    /// - Returns: whether it was not cancelled before.
    func cancel() -> Bool { future.resolve(.failure(CancelledError()), asCancelled: true) != nil }
  }

  /// Mirrors `futures._chain_future(task, self)`, on the loop's thread.
  ///
  /// - Parameter value: makes what the thread gets of what the task gives.
  fileprivate func chain<Made>(
    _ task: Future<Made>, by promise: Promise, as value: @escaping (Made) -> Value
  ) {
    let loop = task.loop
    loop.remoteTasks[task.id] = RemoteTask(future: task)
    let isCancelled = state.access { state in
      state.task = task.id
      return state.isCancelled && state.moment <= loop.time
    }
    if isCancelled { checkCancel(task.id) }
    task.addDoneCallback("set state") { [self, promise] done in
      loop.remoteTasks[done.id] = nil
      if done.isCancelled {
        if promise.cancel() { checkCancel(done.id) }
      } else if !self.isCancelled, let task = done as? Future<Made> {
        promise.keep(Result { value(try task.result()) })
      }
    }
  }

  /// Mirrors the `_call_check_cancel` of `_chain_future`.
  private func checkCancel(_ task: FutureID) {
    if CurrentLoop.loop?.profile.chainedFuturesCallSoon == true {
      remote.callSoonThreadsafe("cancel") { [self] in cancel(task) }
    } else {
      cancel(task)
    }
  }

  /// Once, on the loop's thread.
  private func cancel(_ task: FutureID) {
    CurrentLoop.loop?.remoteTasks.removeValue(forKey: task)?.future?.cancel()
  }
}

/// The task of a coroutine that runs for another thread. Until it is done the loop keeps it.
struct RemoteTask {
  weak var future: AnyFuture?
}

extension EventLoop.Remote {
  /// Mirrors `asyncio.run_coroutine_threadsafe`: has the loop run a coroutine, for another thread.
  ///
  /// ```swift
  /// let number = try remote.runCoroutineThreadsafe { meow(3) }.result()
  /// ```
  ///
  /// - Parameter make: makes the coroutine, on the loop's thread.
  public func runCoroutineThreadsafe<Value: Sendable>(
    _ make: @escaping @Sendable () throws -> Coroutine<Value>
  ) -> ConcurrentFuture<Value> {
    runCoroutineThreadsafe(make) { $0 }
  }

  /// Mirrors `asyncio.run_coroutine_threadsafe` for a result that may not pass from thread to thread.
  ///
  /// - Parameter value: makes what does, on the loop's thread.
  package func runCoroutineThreadsafe<Made, Value: Sendable>(
    _ make: @escaping @Sendable () throws -> Coroutine<Made>,
    as value: @escaping @Sendable (Made) -> Value
  ) -> ConcurrentFuture<Value> {
    let future = ConcurrentFuture<Value>(of: self)
    let promise = ConcurrentFuture.Promise(future)
    callSoonThreadsafe("run coroutine") {
      do {
        let task = try make().ensureFuture(on: try getRunningLoop())
        future.chain(task, by: promise, as: value)
      } catch {
        promise.keep(.failure(error))
        throw error
      }
    }
    return future
  }
}
