import Trace

/// Mirrors `asyncio.as_completed`: gives its members as they are done, the first first.
///
/// ```swift
/// for try await future in asCompleted(tasks) {
///   print(try future.result())
/// }
/// ```
///
/// As the asynchronous iterator of 3.13 it gives futures. Bare coroutines go through a `set` in
/// every version and so start in an arbitrary order, which the loop's seed chooses here.
///
/// - Parameter timeout: seconds after which the iteration throws a ``TimeoutError``.
/// - Precondition: an event loop is running on this thread.
public func asCompleted<A: Awaitable>(
  _ members: [A], timeout: Double? = nil, line: UInt32 = #line
) -> AsCompleted<A.Value> {
  let loop = runningLoop()
  var members = distinct(members)
  if members.contains(where: \.isCoroutine), !loop.keepsOrderOfSets {
    members.shuffle(using: &loop.generator)
  }
  let futures = members.map { $0.ensureFuture(on: loop) }
  return AsCompleted(futures, loop: loop, timeout: timeout, line: line)
}

/// Mirrors `asyncio.tasks._AsCompletedIterator`.
public final class AsCompleted<Value>: AsyncSequence, AsyncIteratorProtocol {
  public typealias Element = Future<Value>

  private let done: Completions<Value>
  private var todo: [Member] = []
  private var left: Int
  /// The loop keeps it, until it has run or was cancelled.
  private weak var timer: Handle?
  /// Where the iteration stands: `for await` cannot say.
  private let line: UInt32

  init(_ futures: [Future<Value>], loop: EventLoop, timeout: Double?, line: UInt32) {
    self.line = line
    left = futures.count
    done = Completions(of: futures, loop: loop)
    for future in futures {
      let callback = future.addDoneCallback("as_completed") { [self] in completed($0) }
      todo.append(Member(future: future, callback: callback))
    }
    if let timeout, !futures.isEmpty {
      timer = loop.callLater(timeout, "as_completed timeout") { [self] in timeIsUp() }
    }
  }

  /// Its callback belongs to the future, which keeps this object alive by it. Were it the other
  /// way round too, a future that is never done would live for ever.
  private struct Member {
    weak var future: Future<Value>?
    weak var callback: DoneCallback?
  }

  public func makeAsyncIterator() -> AsCompleted { self }

  /// The member that is done next, nil when each was given. An await that fails uses one up, up to
  /// 3.13.
  ///
  /// - Throws: ``TimeoutError`` when time is up; ``CancelledError``.
  public func next() async throws -> Future<Value>? {
    guard left > 0 else { return nil }
    left -= 1
    let future: Future<Value>?
    do {
      future = try await done.get(line: line)
    } catch {
      if runningLoop().profile.asCompletedCanBeAskedAgain { left += 1 }
      throw error
    }
    guard let future else { throw TimeoutError() }
    return future
  }

  private func completed(_ future: AnyFuture) {
    guard let index = todo.firstIndex(where: { $0.future === future }) else { return }
    if let future = todo.remove(at: index).future { try? done.putNowait(future) }
    if todo.isEmpty {
      timer?.cancel()
      done.close()
    }
  }

  private func timeIsUp() {
    for member in todo {
      if let callback = member.callback { member.future?.removeDoneCallback(callback) }
      try? done.putNowait(nil)
    }
    todo.removeAll()
    done.close()
  }
}

/// The queue through which the members come. Whoever waits for the next one waits for all of them,
/// which the recording shows as one future.
private final class Completions<Value>: Queue<Future<Value>?> {
  private let all: Waiter

  init(of futures: [Future<Value>], loop: EventLoop) {
    all = Waiter(loop: loop, kind: "as_completed", waitKind: .wait)
    for future in futures { loop.recorder?.record(.futureAwaits(all.id, future.id)) }
    super.init(isPart: true)
  }

  /// No more come.
  func close() { all.letGo() }

  override func makeWaiter(_ waitKind: Wait.Kind) throws -> Waiter {
    let waiter = Waiter(loop: all.loop, kind: "as_completed", waitKind: .wait)
    all.loop.recorder?.record(.futureAwaits(waiter.id, all.id))
    return waiter
  }
}
