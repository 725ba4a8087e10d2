import Trace

/// A future as another thread may hold it: it can be resolved and nothing else.
public struct RemoteFuture<Value: Sendable>: Sendable {
  private let id: FutureID
  private let remote: EventLoop.Remote

  fileprivate init(_ id: FutureID, _ remote: EventLoop.Remote) {
    self.id = id
    self.remote = remote
  }

  /// Mirrors `loop.call_soon_threadsafe(future.set_result, value)`. A future that is done stays so.
  public func setResult(_ value: Value) { resolve(.success(value)) }

  /// Mirrors `loop.call_soon_threadsafe(future.set_exception, error)`.
  public func setException(_ error: any Error) { resolve(.failure(error)) }

  private func resolve(_ outcome: Result<Value, any Error>) {
    remote.callSoonThreadsafe("resolve future") { [id] in
      let future = CurrentLoop.loop?.remoteFutures.removeValue(forKey: id) as? Future<Value>
      if let future, !future.isDone { future.finish(outcome) }
    }
  }
}

extension Future where Value: Sendable {
  /// What another thread needs to resolve this future.
  public var remote: RemoteFuture<Value> {
    loop.remoteFutures[id] = self
    return RemoteFuture(id, loop.remote)
  }
}
