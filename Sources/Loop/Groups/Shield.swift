import Trace

/// Mirrors `asyncio.shield`: whoever awaits it can be cancelled, and the inner task runs on.
///
/// - Returns: a future; the inner one itself if that is done already.
/// - Precondition: an event loop is running on this thread.
public func shield<A: Awaitable>(_ awaitable: A) -> Future<A.Value> {
  let loop = runningLoop()
  let inner = awaitable.ensureFuture(on: loop)
  if inner.isDone { return inner }
  let outer = Future<A.Value>(loop: loop, kind: "shield")
  loop.recorder?.record(.futureAwaits(outer.id, inner.id))
  let observer = Shield(inner: inner, outer: outer)
  var note: DoneCallback?
  if loop.profile.shieldNotesEndOfWait, loop.currentTask != nil {
    note = inner.addDoneCallback("clear awaited by") { _ in }
  }
  inner.addCallback(.memberDone(observer))
  if loop.profile.shieldLetsGo {
    outer.addDoneCallback("shield") { [inner, weak observer, weak note] _ in
      guard !inner.isDone else { return }
      if let observer { inner.removeCallback(of: observer) }
      if let note { inner.removeDoneCallback(note) }
    }
  }
  return outer
}

private final class Shield<Value>: MemberObserver {
  private unowned let inner: Future<Value>
  private let outer: Future<Value>

  init(inner: Future<Value>, outer: Future<Value>) {
    self.inner = inner
    self.outer = outer
    super.init(outerID: outer.id)
  }

  override func memberDone(_ member: AnyFuture) {
    if outer.isCancelled {
      if !inner.isCancelled, inner.loop.profile.shieldTakesLateException { _ = inner.takeError() }
    } else if inner.isCancelled {
      outer.cancel()
    } else {
      outer.finish(Result { try inner.result() })
    }
  }
}
