internal import DequeModule
public import Trace

// Whoever imports Loop alone can write `clock: .virtual`: the cases are Trace's.
@_exported public import struct Trace.RunHeader

/// An asyncio event loop: one thread, a FIFO ready queue, timers, and coroutines that take turns.
///
/// It takes the decisions of CPython's `asyncio.BaseEventLoop`, handle by handle, and can be run
/// one handle at a time. Coroutines are ordinary Swift `async` closures:
///
/// ```swift
/// func meow(_ number: Int) -> Coroutine<Int> {
///   Coroutine("meow(\(number))") {
///     try await sleep(1)
///     return number
///   }
/// }
/// let loop = EventLoop(clock: .virtual)
/// let five = try loop.runUntilComplete(meow(5))
/// ```
///
/// A loop belongs to the thread that runs it, which need not be the same each time. Several threads
/// may each have one.
public final class EventLoop {
  /// The CPython whose decisions it takes.
  public let profile: Profile
  /// Chooses what asyncio leaves to chance, such as the order of a set.
  public let seed: UInt64

  /// How many more timers may be late, by the seed: none as a rule, or a test in many orders.
  ///
  /// With `.max` a program meets what a busy machine does to it, another way with each seed. After
  /// so many late timers the rest fire in time; so the first that makes a run fail can be found.
  public var chances: Int {
    get { chancesLeft }
    set { (chancesLeft, chancesGiven) = (newValue, newValue) }
  }

  @exclusivity(unchecked) var chancesLeft = 0
  /// As it was set last.
  private(set) var chancesGiven = 0

  let recorder: Recorder?
  /// Receives what the program prints, besides the recorder.
  let echo: ((String, Stream) -> Void)?
  let executor = LoopExecutor()
  // A part of the executor that every step needs.
  let unownedExecutor: UnownedTaskExecutor
  /// The job of the coroutine that has parked last.
  @exclusivity(unchecked) var parked: UnownedJob?
  /// What the coroutine finds that goes on next.
  @exclusivity(unchecked) var brought: (any Error)?
  var generator: SeededGenerator

  // One thread alone touches these, and no access to one of them calls anything that leads back to
  // the loop. To have that checked at run time would take an eighth of every step.
  @exclusivity(unchecked) var clock: LoopClock
  @exclusivity(unchecked) var ready = Deque<ReadyHandle>()
  @exclusivity(unchecked) var timers = TimerQueue()
  /// Handles that were cancelled while in the ready queue or among the timers.
  @exclusivity(unchecked) var cancelledHandles: Set<HandleID> = []

  /// How many handles this tick still has to run: the length of the ready queue when it began,
  /// less those taken since.
  var leftInTick = 0
  var tick: UInt32 = 0
  var isStopping = false
  /// The `KeyboardInterrupt` or `SystemExit` with which the run ends.
  var programExit: (any Error)?
  var isDebug = false
  /// Mirrors `loop.slow_callback_duration`: in seconds, for debug mode.
  public var slowCallbackDuration = 0.1
  /// Whether `create_task` starts tasks at once: `asyncio.eager_task_factory`.
  var startsTasksEagerly = false
  var exceptionHandler: ExceptionHandler?
  /// Whether what asyncio puts into a `set` keeps its order, where that of addresses is arbitrary.
  package var keepsOrderOfSets = false
  /// What runs on the loop, for callbacks that come from other threads and bring nothing along.
  package weak var program: AnyObject?
  /// After so many handles `runUntilComplete` gives up.
  package var handlesLeft = Int.max
  /// Whether a cancellation came back to the task that it began at.
  package var cancelWentRound = false
  /// Whether the first step of an eager task has ended the run.
  package var hasExitedEagerly = false
  /// Mirrors `loop.is_running`.
  public internal(set) var isRunning = false
  /// Whether the future that the loop runs for is a task that it made itself.
  var isTaskOfMain = false
  // One that other modules could see would be checked for exclusive access at each use.
  private var hasClosed = false

  /// The task whose step is on the loop now. Whoever runs the step keeps the task.
  var stepping: Unmanaged<TaskCore>?
  @exclusivity(unchecked) var awayTasks = AwayTasks()
  @exclusivity(unchecked) var outsideWork = OutsideWork()
  var defaultExecutor: ThreadPoolExecutor?
  /// Whether another thread may call: someone was given a ``Remote``.
  var hasRemote = false
  var remoteFutures: [FutureID: AnyFuture] = [:]
  /// What runs for other threads, which may cancel it.
  var remoteTasks: [FutureID: RemoteTask] = [:]
  @exclusivity(unchecked) var tasks = TaskList()
  @exclusivity(unchecked) var counters = Counters()

  /// The file of the last coroutine, by the address of its name: most are made in the same few.
  private var lastFile: (address: UnsafePointer<UInt8>, text: TextID)?

  /// Whether the recorded run is over when a main future is done, and not when the loop is closed.
  var recordsOneRun = true
  /// What the last run ended with, as the recording will have it.
  var failure: (any Error)?

  /// The identities that the loop has given, each counted from 1.
  struct Counters {
    var lanes: UInt32 = 0
    var futures: UInt32 = 0
    var handles: UInt32 = 0
    var tasks: UInt32 = 0
    var work: UInt32 = 0
    var resources: UInt32 = 0
    /// A lock's name counts locks.
    var resourcesByKind: [ResourceKind: Int] = [:]
  }

  /// - Parameters:
  ///   - clock: virtual time jumps over every wait; real time passes.
  ///   - profile: the CPython version whose decisions to take.
  ///   - seed: chooses what asyncio leaves to chance.
  ///   - recorder: is told all that happens, until the loop is closed; see ``header(program:sources:)``.
  ///   - echo: receives what coroutines print, and what goes to stderr; nil keeps it in the recording
  ///     alone.
  public convenience init(
    clock: RunHeader.Clock = .real, profile: Profile = .latest, seed: UInt64 = 0,
    recordedBy recorder: Recorder? = nil,
    echo: ((String, Stream) -> Void)? = writeToStandardStreams
  ) {
    self.init(clock: clock, profile: profile, seed: seed, recorder: recorder, echo: echo)
    recordsOneRun = false
  }

  package init(
    clock: RunHeader.Clock, profile: Profile, seed: UInt64, recorder: Recorder?,
    echo: ((String, Stream) -> Void)?
  ) {
    self.clock = LoopClock(clock)
    self.profile = profile
    self.seed = seed
    self.recorder = recorder
    self.echo = echo
    generator = SeededGenerator(seed: seed)
    unownedExecutor = executor.asUnownedTaskExecutor()
  }

  deinit { executor.dismissCarriers() }

  /// Mirrors `loop.is_closed`.
  public var isClosed: Bool { hasClosed }

  /// The loop that is running on this thread: `asyncio.get_running_loop`.
  public static var running: EventLoop? { CurrentLoop.loop }

  /// Nanoseconds since the loop was made: `loop.time()`, which gives seconds. A virtual clock begins
  /// at 0.
  public var time: Int64 { clock.now }

  /// Lets go of what is in the ready queue and of all timers, and says nothing of it.
  package func dropHandles() {
    ready.removeAll()
    timers = TimerQueue()
    outsideWork = OutsideWork()
  }

  /// Whether a task is not done.
  package var hasTasks: Bool { !tasks.all.isEmpty }

  /// How many steps' Swift jobs came from other threads; 0 unless a coroutine awaits something
  /// that is not of this loop.
  package var foreignJobs: Int { executor.foreignJobs }

  /// The identity of a file's name in the recording.
  func identity(ofFile file: StaticString, name: () -> String) -> TextID {
    guard let recorder else { return .empty }
    let address = file.utf8Start
    if let lastFile, lastFile.address == address { return lastFile.text }
    let text = recorder.intern(name())
    lastFile = (address, text)
    return text
  }

  /// Ends the loop: tasks that are not done are reported to the exception handler, and their
  /// coroutines unwound; these say nothing more.
  ///
  /// Mirrors `loop.close`, after which CPython destroys each of them: `Task.__del__` reports it,
  /// and its coroutine is closed with `GeneratorExit`. A loop that goes away without this leaves
  /// the memory of those coroutines behind.
  public func close() {
    guard !isClosed else { return }
    for task in tasks.all {
      guard let owner = task.owner else { continue }
      reportLoss(
        ExceptionContext(
          "Task was destroyed but it is pending!", details: [.init("task", owner.repr)]))
    }
    if !recordsOneRun { recordEnd(with: failure) }
    closeQuietly()
  }

  /// Ends the loop because its run is not wanted any more.
  func closeQuietly() {
    guard !isClosed else { return }
    hasClosed = true
    exceptionHandler = { _, _ in }
    defaultExecutor?.shutdown(wait: false)
    defaultExecutor = nil
    outsideWork = OutsideWork()
    remoteFutures = [:]
    remoteTasks = [:]
    executor.mailbox.close()
    ready.removeAll()
    timers = TimerQueue()
    CurrentLoop.entered(self) {
      for task in tasks.takeAll() {
        task.owner?.dropCallbacks()
        task.unwind()
      }
    }
    executor.dismissCarriers()
  }
}
