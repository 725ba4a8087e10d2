/// What can happen in a run, in the past tense.
///
/// Who did it is not repeated in each fact: it is the handle that has begun and not ended, and the
/// coroutine that is running in it. `docs/recording-format.md` gives the same list as it stands in
/// a file.
public enum Fact: Equatable, Sendable {
  // MARK: Coroutines

  /// A coroutine object was made. It has not started: a coroutine is cold.
  case coroutineCreated(LaneID, name: TextID, parent: LaneID, at: Site)
  /// Where the call that made it stands: `cr_origin`, of which this is the innermost. It follows the
  /// creation at once, and tells nothing that has happened since.
  case coroutineOrigin(LaneID, at: Site)
  /// Its first line is about to run.
  case coroutineStarted(LaneID)
  /// It gave the loop back to others; `on` says what it waits for, `line` where its code stands.
  case coroutineSuspended(LaneID, on: Wait, line: UInt32)
  /// It runs again.
  case coroutineResumed(LaneID)
  /// It returned a value, whose text is given (empty for none).
  case coroutineReturned(LaneID, value: TextID)
  /// It ended with an exception, as `Type: message`. The traceback has a line for each frame that it came
  /// through, the innermost first; the last is the coroutine's own. Empty where unknown.
  case coroutineRaised(LaneID, exception: TextID, traceback: TextID = .empty)
  /// It ended with a `CancelledError`.
  case coroutineCancelled(LaneID)
  /// The object died without ever having been started.
  case coroutineNeverAwaited(LaneID)
  /// A running coroutine began to await another one directly: no task, no trip through the queue.
  case coroutineAwaited(by: LaneID, LaneID, line: UInt32)

  // MARK: Tasks and futures

  /// A task was made around a coroutine. Its first step has been scheduled, not run.
  case taskCreated(FutureID, LaneID, name: TextID, by: LaneID)
  /// A task has another name from now on, given by a coroutine: `Task.set_name`.
  case taskRenamed(FutureID, name: TextID, by: LaneID)
  /// A future was made; its `kind` names what it is for (`gather`, `wait`, `sleep` …), `of` the
  /// resource that whoever awaits it stands in line for.
  case futureCreated(FutureID, kind: TextID, of: ResourceID)
  /// A future will be resolved by another one: a member of a `gather` or a `wait`.
  case futureAwaits(FutureID, FutureID)
  /// A future or task got its outcome; its callbacks go to the ready queue next.
  case futureResolved(FutureID, Outcome)
  /// A task is about to get a result although it was asked to be cancelled, and nobody has taken that
  /// back: `Task.cancelling` is not 0.
  case taskRefused(FutureID)

  // MARK: Resources

  /// A lock, an event, a queue … was made. `limit` is how much of it there is, 0 for no limit.
  case resourceCreated(ResourceID, ResourceKind, name: TextID, limit: UInt32)
  /// So much of it is in use from now on; `holder` is who has it, where that can be only one.
  case resourceChanged(ResourceID, level: UInt32, holder: LaneID)

  // MARK: Handles and timers

  /// A timer was set for `when`, in nanoseconds since the start of the run.
  case timerScheduled(HandleID, when: Int64, Callback)
  /// The deadline passed: the timer has moved to the end of the ready queue.
  case timerFired(HandleID)
  /// A handle was put at the end of the ready queue, and why.
  case handleScheduled(HandleID, Callback, cause: Cause)
  /// A handle or timer was cancelled: it will be passed over.
  case handleCancelled(HandleID)
  /// The handle was taken from the front of the ready queue; its callback runs.
  case handleBegan(HandleID)
  case handleEnded(HandleID)
  /// The handle that runs was looked at from outside. The text is the stack, as far as it is the
  /// handle's: a line for each frame, the innermost first; `by` is the coroutine whose code that is.
  case stackSampled(HandleID, stack: TextID, by: LaneID)

  // MARK: The loop

  /// One turn of the loop began; numbers start at 1.
  case tickBegan(UInt32)
  /// Nothing was ready, so the virtual clock jumped to this event's time, from the time given.
  case timeJumped(from: Int64)
  /// Nothing is ready, no timer is set, and nothing outside can wake the loop: for certain.
  case stoodStill
  /// The program ended. `exception` is empty if it returned.
  case runEnded(exception: TextID)

  // MARK: What the program said

  case output(TextID, by: LaneID, Stream)
  /// A warning as Python shows it; the text is `Category: message`.
  case warned(TextID, by: LaneID)
  /// The loop's exception handler was called with this message.
  case exceptionReported(TextID, by: LaneID)
  /// A mark set by the program or by the user.
  case marked(TextID)
  /// A file of the program that the header does not list came into play; this is its text.
  case sourceRead(file: TextID, text: TextID)
  /// Events were lost here. What is known of lanes, queue and timers before this is stale.
  case dropped(count: UInt32)
}

/// A place in the program's source text.
public struct Site: Hashable, Sendable {
  /// The file's name as the run's header lists it.
  public var file: TextID
  /// Counted from 1; 0 where unknown.
  public var line: UInt32

  @inlinable public init(file: TextID, line: UInt32) {
    self.file = file
    self.line = line
  }

  @inlinable public static var unknown: Self { Self(file: .empty, line: 0) }
}

/// What a suspended coroutine waits for.
public struct Wait: Equatable, Sendable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// `sleep(0)`: nothing; its next step is in the ready queue already.
    case yield
    /// A timer. `future` is the one that the timer resolves.
    case sleep
    case future
    case task
    case gather
    case wait
    case lock
    case event
    case condition
    case semaphore
    case barrier
    case queueGet
    case queuePut
    /// For everything in a queue to be dealt with.
    case queueJoin
    case io
    case subprocess
    case thread
    /// An async generator between two values: for somebody to ask for the next one.
    case consumer
    case unknown
  }

  public var kind: Kind
  /// The future at the end of the await chain, `.none` for a yield.
  public var future: FutureID

  @inlinable public init(_ kind: Kind, _ future: FutureID = .none) {
    self.kind = kind
    self.future = future
  }
}

/// What several coroutines share and wait for.
///
/// Its **level** is how much of it is in use: 1 for a lock that is held and an event that is set,
/// the permits taken from a semaphore, those who wait at a barrier, the items in a queue. It is 0
/// at first.
public enum ResourceKind: UInt8, CaseIterable, Sendable {
  case lock
  case event
  case condition
  case semaphore
  case barrier
  case queue
}

public enum Outcome: UInt8, CaseIterable, Sendable {
  case result
  case exception
  case cancelled
}

public enum Stream: UInt8, CaseIterable, Sendable {
  case stdout
  case stderr
}

/// What a handle will do when it runs.
public struct Callback: Equatable, Sendable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// A step of the task `future` (`Task.__step`): its first, or the next after a yield.
    case step
    /// A step of the task `future` because what it waited for is done (`Task.__wakeup`).
    case wakeup
    /// Gives `future` its result (`futures._set_result_unless_cancelled`): the end of a sleep.
    case setResult
    /// Tells `future`, a gather or a wait, that one of its members is done.
    case memberDone
    /// Cancels the task `future`, whose time is up (`Timeout._on_timeout`).
    case timeout
    /// Stops the loop: the end of `run_until_complete` of the task `future`.
    case stop
    /// A plain function; `text` names it.
    case function
    /// A job of the Swift runtime that the loop did not schedule itself.
    case job
  }

  /// Raw value of the `FutureID` it acts on, or of the `TextID` that names it for `.function`.
  public var subject: UInt32
  /// Stored last, so that an ``Event`` stays at 32 bytes.
  public var kind: Kind

  @inlinable public init(_ kind: Kind, _ future: FutureID) {
    self.kind = kind
    subject = future.rawValue
  }

  @inlinable public init(function name: TextID) {
    kind = .function
    subject = name.rawValue
  }

  /// The future that it acts on, `.none` for a plain function.
  @inlinable public var future: FutureID { kind == .function ? .none : FutureID(subject) }

  /// The name of a plain function, else empty.
  @inlinable public var name: TextID { kind == .function ? TextID(subject) : .empty }
}

/// Why a handle entered the ready queue.
public struct Cause: Equatable, Sendable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// The task's creation scheduled its first step.
    case taskCreated
    /// The task gave up its turn with `sleep(0)`.
    case yielded
    /// `future` was resolved, and this handle is one of its callbacks.
    case futureResolved
    /// Something asked for it with `call_soon`.
    case callSoon
    /// Another thread or the operating system asked for it.
    case external
    /// The timer's deadline passed. Never written: `timerFired` says it.
    case timer
  }

  /// The resolved future, for `.futureResolved`.
  public var future: FutureID
  public var kind: Kind

  @inlinable public init(_ kind: Kind, _ future: FutureID = .none) {
    self.kind = kind
    self.future = future
  }
}
