import Trace

/// A future that only says "go on": what a coroutine waits for inside asyncio's own functions.
typealias Waiter = Future<Void>

extension Future<Void> {
  /// Lets the waiter go when another future is done: `_release_waiter` as its done callback.
  ///
  /// - Returns: what takes the callback back.
  func release(when future: AnyFuture) -> MemberObserver {
    loop.recorder?.record(.futureAwaits(id, future.id))
    let observer = Release(self)
    future.addCallback(.memberDone(observer))
    return observer
  }

  /// Resolves it unless it is done: `_release_waiter`.
  func letGo() {
    if !isDone { finish(returning: ()) }
  }
}

private final class Release: MemberObserver {
  private let waiter: Waiter

  init(_ waiter: Waiter) {
    self.waiter = waiter
    super.init(outerID: waiter.id)
  }

  override func memberDone(_ member: AnyFuture) { waiter.letGo() }
}
