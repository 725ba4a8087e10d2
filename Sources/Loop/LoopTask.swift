import Trace

/// What tasks of all types share, so that one can be found and cancelled without knowing its
/// result.
public protocol AnyLoopTask: AnyFuture {
  /// Mirrors `Task.get_name` and `set_name`.
  var name: String { get set }
  /// Mirrors `Task.get_coro`: the coroutine that the task runs.
  var anyCoroutine: AnyCoroutine { get }
  /// Mirrors `Task.cancelling` (3.11 on; 0 before).
  var cancelling: Int { get }
  /// Mirrors `Task.uncancel` (3.11 on).
  @discardableResult func uncancel() -> Int
}

/// Mirrors `asyncio.Task`: a future that runs a coroutine, a step at a time.
///
/// Making one runs nothing: its first step is put at the end of the ready queue. An eager task
/// (3.12 on) takes its first step there and then.
///
/// Where asyncio gives a task a copy of the context variables of its maker, this one has none: it
/// does not see the task-local values that are bound where it is made.
///
/// A ``KeyboardInterrupt`` or ``SystemExit`` that its coroutine throws is its exception and ends the
/// run. Where CPython raises one out of an eager task's first step, whoever makes the task gets it
/// too; here making a task throws nothing, and the run ends after the step of its maker.
public final class LoopTask<Value>: Future<Value>, AnyLoopTask {
  /// Mirrors `Task.get_name` and `set_name` (3.8 on): the one given, else `Task-` and a number.
  public var name: String {
    get { givenName ?? "Task-\(number)" }
    set {
      givenName = newValue
      recordName()
    }
  }
  private let number: UInt32
  private var cancelRequests: Int32 = 0
  private let coroutine: Coroutine<Value>
  private let core: TaskCore
  @SeldomText private var givenName: String?

  /// Mirrors `asyncio.Task(coro, name=…, eager_start=…)`.
  ///
  /// - Parameters:
  ///   - name: `Task-1`, `Task-2` … where nil.
  ///   - eagerStart: takes the first step at once if the loop is running; before 3.12 it does not.
  /// - Precondition: an event loop is running on this thread.
  public convenience init(_ coroutine: Coroutine<Value>, name: String? = nil, eagerStart: Bool) {
    self.init(coroutine, loop: runningLoop(), name: name, eagerStart: eagerStart)
  }

  /// - Parameter byLoop: as `loop.create_task` makes it, and not asyncio's or a group's.
  init(
    _ coroutine: Coroutine<Value>, loop: EventLoop, name: String?, eagerStart: Bool? = nil,
    byLoop: Bool = false
  ) {
    // Up to 3.13 a task factory is not told of the name, and up to 3.12 the loop alone gives it to the
    // task that it makes: of the others, each has a number first.
    let profile = loop.profile
    let isNamedLater =
      eagerStart == nil
      && (profile.createTaskNamesLate && !byLoop
        || loop.startsTasksEagerly && !profile.taskFactoriesGetAll)
    let firstName = isNamedLater ? nil : name
    _givenName = SeldomText(wrappedValue: firstName)
    if firstName == nil { loop.counters.tasks += 1 }
    number = loop.counters.tasks
    coroutine.join(loop)
    self.coroutine = coroutine
    core = TaskCore(id: FutureID(loop.counters.futures + 1), loop: loop)
    super.init(loop: loop, kind: nil, waitKind: .task)
    // From here on they are read from where they are kept, so that the arguments were handed on
    // and not counted twice.
    if let recorder = self.loop.recorder {
      let loop = self.loop
      // A name that counts tasks is a new one, so there is none to look for.
      let shown = loop.profile.createTaskNamesLate ? name : firstName
      let text = shown.map { recorder.intern($0) } ?? recorder.append(text: self.name)
      recorder.record(.taskCreated(id, self.coroutine.lane, name: text, by: loop.runningLane))
    }
    core.start(for: self, eagerly: eagerStart)
    if isNamedLater, let name {
      givenName = name
      if !loop.profile.createTaskNamesLate { recordName() }
    }
  }

  private func recordName() {
    guard let recorder = loop.recorder else { return }
    recorder.record(.taskRenamed(id, name: recorder.intern(name), by: loop.runningLane))
  }

  deinit {
    if holdsUnseenException { reportUnseenException(of: "Task", repr) }
  }

  public var anyCoroutine: AnyCoroutine { coroutine }

  override var lastCancelMessage: String { core.cancelMessage }

  /// Mirrors `Task.cancel`: asks, and does not wait. The coroutine gets a ``CancelledError`` at its
  /// await, in a later step, and may refuse.
  ///
  /// - Parameter message: what the error says, from 3.9 on.
  /// - Returns: false if the task was done already.
  @discardableResult
  public override func cancel(_ message: String = "") -> Bool {
    holdsUnseenException = false
    guard !isDone else { return false }
    cancelRequests += 1
    core.cancel(loop.profile.cancelTakesMessage ? message : "")
    return true
  }

  /// Mirrors `Task.cancelling` (3.11 on, before that 0): requests to cancel that were not taken back.
  public var cancelling: Int { loop.profile.tasksCountCancelRequests ? Int(cancelRequests) : 0 }

  /// Mirrors `Task.uncancel` (3.11 on): takes back one request, and from 3.13 the cancellation
  /// itself if none is left and it has not reached the coroutine.
  ///
  /// - Returns: the requests that are left.
  @discardableResult
  public func uncancel() -> Int {
    guard loop.profile.tasksCountCancelRequests, cancelRequests > 0 else { return cancelling }
    cancelRequests -= 1
    if cancelRequests == 0, loop.profile.uncancelTakesPendingCancelBack { core.withdrawCancel() }
    return cancelling
  }

  /// Mirrors `repr(task)`.
  override var repr: String {
    var parts = [!isDone && cancelling > 0 ? "cancelling" : stateText]
    if loop.profile.tasksHaveNames { parts.append("name='\(name)'") }
    parts.append("coro=<\(coroutine.repr(line: core.line))>")
    if let future = core.waitsFor, !isDone { parts.append("wait_for=<Future \(future.stateText)>") }
    if !outcomeText.isEmpty { parts.append(outcomeText) }
    return "<Task \(parts.joined(separator: " "))>"
  }

  override var asTask: (any AnyLoopTask)? { self }

  override func abandon(_ error: any Error) {
    coroutine.close(throwing: error)
    failed(error)
  }

  override func live() async {
    do {
      returned(try await coroutine.run(in: core))
    } catch {
      failed(error)
    }
  }

  /// Mirrors the end of `__step`: the task takes the coroutine's outcome.
  private func returned(_ value: Value) {
    core.finished()
    guard !loop.isClosed else { return }
    guard let message = core.takePendingCancel() else {
      if cancelling > 0 { loop.recorder?.record(.taskRefused(id)) }
      return finish(returning: value)
    }
    if loop.profile.returningTaskIsCancelled {
      super.cancel(message)
    } else {
      finish(throwing: CancelledError())
    }
  }

  private func failed(_ error: any Error) {
    core.finished()
    guard !loop.isClosed else { return }
    if let error = error as? CancelledError {
      cancelled(by: error)
    } else {
      finish(throwing: error)
      if endsProgram(error) { loop.exit(with: error) }
    }
  }
}
