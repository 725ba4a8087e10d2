import Trace

/// Mirrors `asyncio.gather`: runs its members side by side, and gives their results in the order
/// of the arguments.
///
/// The first exception of a member is the exception of the whole; the other members run on.
///
/// - Returns: a future; cancelling it cancels the members.
/// - Precondition: an event loop is running on this thread.
public func gather<A: Awaitable>(_ members: A...) -> Future<[A.Value]> { gather(members) }

/// Mirrors `asyncio.gather(*members)`.
public func gather<A: Awaitable>(_ members: [A]) -> Future<[A.Value]> {
  let loop = runningLoop()
  guard !members.isEmpty else {
    let outer = Future<[A.Value]>(loop: loop, kind: "gather")
    outer.finish(.success([]))
    return outer
  }
  var order = Array(members.indices)
  if loop.profile.gatherShufflesMembers { order.shuffle(using: &loop.generator) }
  var futures: [Int: Future<A.Value>] = [:]
  for index in order { futures[index] = members[index].ensureFuture(on: loop) }
  let inOrder = members.indices.compactMap { futures[$0] }
  return GatheringFuture(inOrder, loop: loop)
}

/// Mirrors `asyncio.tasks._GatheringFuture`.
private final class GatheringFuture<Member>: Future<[Member]> {
  fileprivate let members: [Future<Member>]
  fileprivate var cancelRequested = false

  init(_ members: [Future<Member>], loop: EventLoop) {
    self.members = members
    super.init(loop: loop, kind: "gather")
    let distinct = Self.distinct(members)
    let observer = Gathering(self, count: distinct.count)
    for member in distinct { loop.recorder?.record(.futureAwaits(id, member.id)) }
    let atOnce = loop.profile.gatherCountsDoneMembersAtOnce
    let done = atOnce ? distinct.filter(\.isDone) : []
    for member in distinct where !(atOnce && member.isDone) {
      member.addCallback(.memberDone(observer))
    }
    for member in done { observer.memberDone(member) }
  }

  override var waitKind: Wait.Kind { .gather }

  /// Mirrors `_GatheringFuture.cancel`: asks every member, and is cancelled when they are.
  @discardableResult
  override func cancel(_ message: String = "") -> Bool {
    guard !isDone else { return false }
    var asked = false
    for member in members where member.cancel(message) { asked = true }
    if asked {
      cancelRequested = true
      cancelMessage = message
    }
    return asked
  }

  private static func distinct(_ members: [Future<Member>]) -> [Future<Member>] {
    var seen: Set<ObjectIdentifier> = []
    return members.filter { seen.insert(ObjectIdentifier($0)).inserted }
  }
}

/// Mirrors the `_done_callback` of `gather`.
private final class Gathering<Member>: MemberObserver {
  private let outer: GatheringFuture<Member>
  private var left: Int

  init(_ outer: GatheringFuture<Member>, count: Int) {
    self.outer = outer
    left = count
    super.init(outerID: outer.id)
  }

  override func memberDone(_ member: AnyFuture) {
    left -= 1
    guard !outer.isDone else { return }
    if let error = member.retrievedError {
      outer.finish(.failure(error))
    } else if left == 0 {
      if outer.cancelRequested {
        outer.finish(.failure(CancelledError(outer.cancelMessage)))
      } else {
        outer.finish(Result { try outer.members.map { try $0.result() } })
      }
    }
  }
}
