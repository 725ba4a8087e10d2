import Trace

/// An entry of the ready queue: `asyncio.Handle` as a plain value.
struct ReadyHandle {
  let id: HandleID
  let action: Action
}

/// What a handle does when it runs.
enum Action {
  /// `Task.__step`.
  case step(TaskCore)
  /// `Task.__wakeup`, with the future that is done.
  case wakeup(TaskCore, AnyFuture)
  /// `futures._set_result_unless_cancelled`.
  case setResult(Future<Void>)
  /// The done callback of a gather or a wait, with the member that is done.
  case memberDone(MemberObserver, AnyFuture)
  /// `_run_until_complete_cb`, with the main task.
  case stop(AnyFuture)
  /// A user's `call_soon`, `call_later` or `call_at`.
  case function(Handle)
  /// A user's done callback, with the future that is done.
  case doneCallback(DoneCallback, AnyFuture)
  /// A child task of a coroutine, which the Swift runtime wants to run.
  case job(UnownedJob)
}

/// Mirrors `asyncio.Handle`, which `call_soon` returns: a callback that can still be cancelled.
public class Handle {
  let id: HandleID
  let name: String
  /// The task that it cancels, where it is a timeout's.
  let limited: FutureID
  private var body: (() throws -> Void)?
  private weak var loop: EventLoop?
  /// Mirrors `Handle.cancelled`.
  public private(set) var isCancelled = false

  init(
    id: HandleID, name: String, limiting limited: FutureID = .none, loop: EventLoop,
    body: @escaping () throws -> Void
  ) {
    self.id = id
    self.name = name
    self.limited = limited
    self.loop = loop
    self.body = body
  }

  /// Mirrors `Handle.cancel`: the callback will be passed over. Once it has run, this is noted only.
  public final func cancel() {
    guard !isCancelled else { return }
    isCancelled = true
    guard body != nil else { return }
    body = nil
    loop?.cancelHandle(id)
  }

  final func run() {
    guard let body, let loop else { return }
    self.body = nil
    loop.guarding("\(name)()", body)
  }
}

/// Mirrors `asyncio.TimerHandle`, which `call_later` and `call_at` return.
public final class TimerHandle: Handle {
  /// Mirrors `TimerHandle.when`: nanoseconds on the loop's clock, where asyncio has seconds.
  public let when: Int64

  init(
    id: HandleID, name: String, at when: Int64, loop: EventLoop,
    body: @escaping () throws -> Void
  ) {
    self.when = when
    super.init(id: id, name: name, loop: loop, body: body)
  }
}
