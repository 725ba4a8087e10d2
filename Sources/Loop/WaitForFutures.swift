import Trace

/// When ``wait(_:timeout:returnWhen:line:)`` returns: asyncio's `return_when`.
public enum ReturnWhen: Sendable {
  case firstCompleted
  case firstException
  case allCompleted
}

/// Mirrors `asyncio.wait`: waits for some or all of its members, and takes no result or exception
/// out of them.
///
/// Up to 3.10 a bare coroutine is made into a task, and all members go through a `set`, whose order
/// is that of addresses in memory: arbitrary, and chosen here by the loop's seed.
///
/// - Parameters:
///   - timeout: seconds after which it returns with what is done; nil waits for ever.
/// - Returns: the members that are done and those that are not, in the order of the set.
/// - Throws: ``TypeError`` for bare coroutines from 3.11 on, ``ValueError`` for no members,
///   ``CancelledError``.
public func wait<A: Awaitable>(
  _ members: [A], timeout: Double? = nil, returnWhen: ReturnWhen = .allCompleted,
  line: UInt32 = #line
) async throws -> (done: [Future<A.Value>], pending: [Future<A.Value>]) {
  let loop = try getRunningLoop()
  guard !members.isEmpty else {
    let kind = loop.profile.waitTakesCoroutines ? "coroutines" : "Tasks"
    throw ValueError("Set of \(kind)/Futures is empty.")
  }
  let futures = try loop.futures(ofSet: members)
  let waiter = Future<Void>(loop: loop, kind: "wait")
  for future in futures { loop.recorder?.record(.futureAwaits(waiter.id, future.id)) }
  let observer = WaitObserver(waiter, loop: loop, count: futures.count, returnWhen: returnWhen)
  if let timeout {
    observer.timer = loop.schedule(.setResult(waiter), at: loop.moment(after: timeout))
  }
  for future in futures { future.addCallback(.memberDone(observer)) }
  defer {
    observer.cancelTimer()
    for future in futures { future.removeCallback(of: observer) }
  }
  try await suspend(on: waiter, as: .wait, line: line)
  return (futures.filter(\.isDone), futures.filter { !$0.isDone })
}

extension EventLoop {
  /// Makes futures of the members of a `set`, by the rules of the profile.
  fileprivate func futures<A: Awaitable>(ofSet members: [A]) throws -> [Future<A.Value>] {
    if members.contains(where: \.isCoroutine) {
      guard profile.waitTakesCoroutines else {
        throw TypeError("Passing coroutines is forbidden, use tasks explicitly.")
      }
      if profile.waitWarnsOfCoroutines {
        warn(
          "DeprecationWarning",
          "The explicit passing of coroutine objects to asyncio.wait() is deprecated since "
            + "Python 3.8, and scheduled for removal in Python 3.11.")
      }
      let order =
        keepsOrderOfSets ? distinct(members) : distinct(members).shuffled(using: &generator)
      return order.map { $0.ensureFuture(on: self) }
    }
    return distinct(members).map { $0.ensureFuture(on: self) }
  }
}

/// Mirrors the `_on_completion` of `asyncio.tasks._wait`.
private final class WaitObserver: MemberObserver {
  private let waiter: Future<Void>
  private unowned let loop: EventLoop
  private var left: Int
  private let returnWhen: ReturnWhen
  var timer: HandleID?

  init(_ waiter: Future<Void>, loop: EventLoop, count: Int, returnWhen: ReturnWhen) {
    self.waiter = waiter
    self.loop = loop
    self.returnWhen = returnWhen
    left = count
    super.init(outerID: waiter.id)
  }

  override func memberDone(_ member: AnyFuture) {
    left -= 1
    let isEnough =
      left <= 0 || returnWhen == .firstCompleted
      || (returnWhen == .firstException && !member.isCancelled && member.takeError() != nil)
    guard isEnough else { return }
    cancelTimer()
    waiter.letGo()
  }

  func cancelTimer() {
    guard let timer, !waiter.timerHasRun else { return }
    self.timer = nil
    loop.cancelHandle(timer)
  }
}
