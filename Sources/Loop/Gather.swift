import Trace

/// Mirrors `asyncio.gather`: runs its members side by side, and gives their results in the order
/// of the arguments.
///
/// The first exception of a member is the exception of the whole; the other members run on. 3.6
/// makes tasks of its members in the order of a set, later versions in that of the arguments.
/// Members that are done already cost a trip through the ready queue up to 3.11.
///
/// - Returns: a future; cancelling it cancels the members.
/// - Precondition: an event loop is running on this thread.
public func gather<A: Awaitable>(_ members: A...) -> Future<[A.Value]> { gather(members) }

/// Mirrors `asyncio.gather(*members)`.
public func gather<A: Awaitable>(_ members: [A]) -> Future<[A.Value]> {
  gathering(members, returnExceptions: false) { futures in
    Result { try futures.mapObjects { try $0.result() } }
  }
}

/// Mirrors `asyncio.gather(*members, return_exceptions=…)`: with true, an exception or a
/// cancellation of a member stands in the results and is not raised.
public func gather<A: Awaitable>(_ members: A..., returnExceptions: Bool)
  -> Future<[Result<A.Value, any Error>]>
{
  gather(members, returnExceptions: returnExceptions)
}

/// Mirrors `asyncio.gather(*members, return_exceptions=…)`.
public func gather<A: Awaitable>(_ members: [A], returnExceptions: Bool)
  -> Future<[Result<A.Value, any Error>]>
{
  gathering(members, returnExceptions: returnExceptions) { futures in
    .success(futures.mapObjects { $0.gathered })
  }
}

extension Future {
  /// What `gather` puts into its results for a member, without asking for its cancellation.
  package var gathered: Result<Value, any Error> {
    gatheredCancellation.map { .failure($0) } ?? Result { try result() }
  }
}

package func gathering<A: Awaitable, Output>(
  _ members: [A], returnExceptions: Bool,
  collect: @escaping ([Future<A.Value>]) -> Result<Output, any Error>
) -> Future<Output> {
  let loop = runningLoop()
  guard !members.isEmpty else {
    let outer = Future<Output>(loop: loop, kind: "gather")
    outer.finish(collect([]))
    return outer
  }
  var arguments = distinct(members)
  if loop.profile.gatherShufflesMembers, !loop.keepsOrderOfSets {
    arguments.shuffle(using: &loop.generator)
  }
  return GatheringFuture(
    members, inOrder: arguments, loop: loop, returnExceptions: returnExceptions, collect: collect)
}

/// The members of a list without those that occur before: what `set()` keeps. O(members).
func distinct<Member: AnyObject>(_ members: [Member]) -> [Member] {
  if areInOrderOfCreation(members) { return members }
  var seen: Set<ObjectIdentifier> = []
  return members.filter { seen.insert(ObjectIdentifier($0)).inserted }
}

/// Whether each was made after the one before it, as in most lists; then none occurs twice.
private func areInOrderOfCreation<Member: AnyObject>(_ members: [Member]) -> Bool {
  var last: UInt32 = 0
  return members.allObjects { member in
    let member = member as AnyObject
    let number = (member as? AnyCoroutine)?.lane.rawValue ?? (member as? AnyFuture)?.id.rawValue
    guard let number, number > last else { return false }
    last = number
    return true
  }
}

/// Mirrors `asyncio.tasks._GatheringFuture`.
final class GatheringFuture<Member: AnyFuture, Output>: Future<Output>, Gatherer {
  /// One for each argument, with repetitions.
  private var members: [Member]
  private let collect: ([Member]) -> Result<Output, any Error>
  private var cancelRequested = false

  /// - Parameters:
  ///   - members: one for each place of the result.
  ///   - arguments: the same without repetitions, in the order in which they become futures.
  init<A: Awaitable>(
    _ members: [A], inOrder arguments: [A], loop: EventLoop, returnExceptions: Bool,
    collect: @escaping ([Member]) -> Result<Output, any Error>
  ) where Member == Future<A.Value> {
    self.members = []
    self.collect = collect
    // Each argument gets its callback before the next becomes a future. That can only be seen
    // where one is done at once.
    let isSeen =
      loop.startsTasksEagerly
      || !arguments.allObjects { $0.isCoroutine || !$0.ensureFuture(on: loop).isDone }
    loop.reserve(tasks: arguments.count)
    var futures = isSeen ? [] : arguments.mapObjects { $0.ensureFuture(on: loop) }
    super.init(loop: loop, kind: "gather", waitKind: .gather)
    let observer = Gathering(self, count: arguments.count, returnExceptions: returnExceptions)
    var done: [AnyFuture] = []
    if isSeen {
      futures = arguments.mapObjects { argument in
        let future = argument.ensureFuture(on: loop)
        observe(future, by: observer, &done)
        return future
      }
    } else {
      futures.forEachObject { observe($0, by: observer, &done) }
    }
    if arguments.count == members.count, !loop.profile.gatherShufflesMembers {
      self.members = futures
    } else {
      let known = Dictionary(
        uniqueKeysWithValues: zip(arguments.map { ObjectIdentifier($0) }, futures))
      self.members = members.compactMap { known[ObjectIdentifier($0)] }
    }
    for future in done { observer.memberDone(future) }
  }

  /// - Parameter arguments: one for each place of the result; some may occur more than once.
  init(
    _ arguments: [GatherArgument], loop: EventLoop,
    collect: @escaping ([AnyFuture]) -> Result<Output, any Error>
  ) where Member == AnyFuture {
    members = []
    self.collect = collect
    super.init(loop: loop, kind: "gather", waitKind: .gather)
    var order = distinct(arguments)
    if loop.profile.gatherShufflesMembers, !loop.keepsOrderOfSets {
      order.shuffle(using: &loop.generator)
    }
    let observer = Gathering(self, count: order.count, returnExceptions: false)
    var done: [AnyFuture] = []
    for argument in order { observe(argument.ensureFuture(on: loop), by: observer, &done) }
    members = arguments.map { $0.ensureFuture(on: loop) }
    for future in done { observer.memberDone(future) }
  }

  private func observe(_ member: AnyFuture, by observer: Gathering, _ done: inout [AnyFuture]) {
    loop.recorder?.record(.futureAwaits(id, member.id))
    if member.isDone, loop.profile.gatherCountsDoneMembersAtOnce {
      done.append(member)
    } else {
      member.addCallback(.memberDone(observer))
    }
  }

  /// Mirrors `_GatheringFuture.cancel`: asks every member, and is cancelled when they are.
  @discardableResult
  override func cancel(_ message: String = "") -> Bool {
    guard !isDone else { return false }
    var asked = false
    for member in members where member.cancel(message) { asked = true }
    if asked { cancelRequested = true }
    return asked
  }

  /// Takes the outcome when the last member is done.
  ///
  /// Where it was cancelled, its last member by place names the reason.
  func allDone() {
    if cancelRequested {
      for member in members where !member.isCancelled { _ = member.takeError() }
      end(.failure(members.last?.makeCancelledError() ?? CancelledError()))
    } else {
      end(collect(members))
    }
  }

  func fail(_ error: any Error) { end(.failure(error)) }

  /// Resolves it and lets its members go: one that is never done would keep it alive for ever.
  private func end(_ outcome: Result<Output, any Error>) {
    members = []
    finish(outcome)
  }
}

/// The future of a gather, whatever its members give.
protocol Gatherer: AnyFuture {
  func allDone()
  func fail(_ error: any Error)
}

/// Mirrors the `_done_callback` of `gather`.
private final class Gathering: MemberObserver {
  private let outer: any Gatherer
  private var left: Int
  private let returnExceptions: Bool

  init(_ outer: any Gatherer, count: Int, returnExceptions: Bool) {
    self.outer = outer
    self.returnExceptions = returnExceptions
    left = count
    super.init(outerID: outer.id)
  }

  override func memberDone(_ member: AnyFuture) {
    left -= 1
    if outer.isDone {
      // Mark the exception as retrieved: the outer future has gone on without it.
      if !member.isCancelled { _ = member.takeError() }
    } else if !returnExceptions, let error = member.takeError() {
      outer.fail(error)
    } else if left == 0 {
      outer.allDone()
    }
  }
}
