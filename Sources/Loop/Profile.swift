/// Which CPython's decisions the loop takes, where versions differ.
public struct Profile: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The minor version: 13 for CPython 3.13.
  public let minor: Int

  public static let supported = (6...15).map { Profile(minor: $0) }
  public static let latest = Profile(minor: 15)

  private init(minor: Int) { self.minor = minor }

  /// CPython 3.`minor`, from 3.6 to 3.15.
  ///
  /// - Precondition: the version is one of ``supported``.
  public static func python3(_ minor: Int) -> Profile {
    precondition((6...15).contains(minor), "profiles go from 3.6 to 3.15")
    return Profile(minor: minor)
  }

  /// - Parameter text: `3.6` … `3.15`; anything else gives nil.
  public init?(_ text: String) {
    guard let known = Self.supported.first(where: { $0.description == text }) else { return nil }
    self = known
  }

  public var description: String { "3.\(minor)" }

  public static func < (a: Self, b: Self) -> Bool { a.minor < b.minor }

  // MARK: What differs

  /// `wait()` takes bare coroutines and makes tasks of them in the order of a set: 3.6 to 3.10.
  var waitTakesCoroutines: Bool { self <= .python3(10) }

  /// `wait()` warns of bare coroutines: 3.9 and 3.10.
  var waitWarnsOfCoroutines: Bool { self == .python3(9) || self == .python3(10) }

  /// `gather()` makes tasks of its members in the order of a set: 3.6.
  var gatherShufflesMembers: Bool { self == .python3(6) }

  /// `gather()` counts members that are done already at once, with no trip through the ready
  /// queue: 3.12 on.
  var gatherCountsDoneMembersAtOnce: Bool { self >= .python3(12) }

  /// Tasks count how often they were asked to cancel (`cancelling()`, `uncancel()`): 3.11 on.
  var tasksCountCancelRequests: Bool { self >= .python3(11) }

  /// `uncancel()` down to 0 takes a cancellation back that has not reached the coroutine: 3.13 on.
  var uncancelTakesPendingCancelBack: Bool { self >= .python3(13) }

  /// A negative sleep goes by a timer, as any but 0 does: 3.6.
  var negativeSleepSetsTimer: Bool { self == .python3(6) }

  /// `sleep(nan)` is a ValueError: 3.13 on.
  var sleepRefusesNaN: Bool { self >= .python3(13) }

  /// `cancel()` takes a message: 3.9 on.
  var cancelTakesMessage: Bool { self >= .python3(9) }

  /// The first await of a cancelled task gets the error that its coroutine ended with, message and
  /// all: 3.11 on.
  var cancelMessageLeavesTask: Bool { self >= .python3(11) }

  /// A task that returns while a cancellation is pending is cancelled: 3.8 on. Before, it got a
  /// `CancelledError` as its exception.
  var returningTaskIsCancelled: Bool { self >= .python3(8) }

  /// Tasks have names in what is written of them: 3.8 on.
  var tasksHaveNames: Bool { self >= .python3(8) }

  /// `create_task(coro, name=…)` names the task when it is made, which uses up a number too.
  var createTaskNamesLate: Bool { self <= .python3(12) }

  /// A task factory is told of the name, and of all else that `create_task` got: 3.14 on.
  var taskFactoriesGetAll: Bool { self >= .python3(14) }

  /// `shield()` takes its callback back when it is cancelled: 3.7 on.
  var shieldLetsGo: Bool { self >= .python3(7) }

  /// `shield()` has a second callback where a task calls it, which notes that the task does not
  /// wait any more: 3.14 on.
  var shieldNotesEndOfWait: Bool { self >= .python3(14) }

  /// `shield()` that was cancelled asks for the exception of what it held, if it still hears of it:
  /// up to 3.13.
  var shieldTakesLateException: Bool { self <= .python3(13) }

  /// `as_completed()` can be asked again for what an await of it that failed would have given: 3.14
  /// on.
  var asCompletedCanBeAskedAgain: Bool { self >= .python3(14) }

  /// `run()` takes all that can be awaited: 3.14 on. Before, it took coroutines alone.
  var runTakesAwaitables: Bool { self >= .python3(14) }

  /// A function that `run_in_executor` has taken back says so by `call_soon_threadsafe`: up to 3.13.
  /// From 3.14 on, what happens on the loop's own thread is not handed to it.
  var cancelledWorkIsHeardOf: Bool { self <= .python3(13) }

  // MARK: wait_for

  /// `wait_for()` with no time left does not set a timer: 3.7 on.
  var waitForChecksTimeoutFirst: Bool { self >= .python3(7) }

  /// `wait_for()` waits for the task that it has cancelled when time is up: 3.7 on, and when there
  /// was none or it is cancelled itself, 3.8 on.
  var waitForAwaitsCancelledTask: Bool { self >= .python3(7) }
  var waitForAlwaysAwaitsCancelledTask: Bool { self >= .python3(8) }

  /// `wait_for()` gives the result of a task that refused to be cancelled: 3.9 on.
  var waitForTakesLateResult: Bool { self >= .python3(9) }

  /// `wait_for()` is `timeout()` around an await, and makes no task: 3.12 on.
  var waitForIsTimeout: Bool { self >= .python3(12) }

  // MARK: Locks

  /// A semaphore keeps its waiters in order when it is released and acquired in one step: 3.10 on.
  var semaphoreIsFair: Bool { self >= .python3(10) }

  /// A semaphore lets nobody pass one whom it has woken: 3.9, before it kept an order.
  var semaphoreRemembersWakeup: Bool { self == .python3(9) }

  /// A semaphore that was released several times wakes all whom that allows: 3.13 on.
  var semaphoreWakesAllItCan: Bool { self >= .python3(13) }

  /// A `Condition.wait()` that fails passes its notification on: 3.13 on.
  var conditionPassesNotificationOn: Bool { self >= .python3(13) }

  /// `Barrier` says which number of parties it wants at least: 3.14 on.
  var barrierSaysLeastParties: Bool { self >= .python3(14) }

  // MARK: Task groups

  /// A task group takes back the cancellation of its parent when it waits no more: 3.13 on.
  var taskGroupUncancelsLate: Bool { self >= .python3(13) }

  /// A task group hears at once of an eager task that is done as it is made: 3.12 and 3.13. From
  /// 3.14 on, its callback is scheduled.
  var taskGroupHearsOfDoneTasksAtOnce: Bool { self == .python3(12) || self == .python3(13) }

  /// A task group cancels an eager task that joins it when it is shutting down: 3.15 on.
  var taskGroupCancelsLateMembers: Bool { self >= .python3(15) }

  // MARK: What a version does not have

  /// `TaskGroup`, `timeout` and `Barrier`: 3.11 on.
  var hasStructuredConcurrency: Bool { self >= .python3(11) }

  /// `eager_task_factory`: 3.12 on.
  var tasksCanStartEagerly: Bool { self >= .python3(12) }

  /// `create_task(coro, eager_start=…)`: 3.14 on.
  var createTaskTakesEagerStart: Bool { self >= .python3(14) }

  /// `TaskGroup.cancel`: 3.15 on.
  var taskGroupsCanBeCancelled: Bool { self >= .python3(15) }

  /// `to_thread`: 3.9 on.
  var hasToThread: Bool { self >= .python3(9) }

  /// `Queue.shutdown`: 3.13 on.
  var queuesShutDown: Bool { self >= .python3(13) }
}

extension EventLoop {
  /// - Throws: ``AttributeError`` as CPython does where a version lacks a name.
  func require(_ isThere: Bool, _ name: String, of owner: String = "module 'asyncio'") throws {
    guard isThere else { throw AttributeError("\(owner) has no attribute '\(name)'") }
  }

  /// - Throws: ``TypeError`` where a function does not take `eager_start`.
  func requireEagerStart(of function: String) throws {
    guard profile.createTaskTakesEagerStart else {
      throw TypeError("\(function)() got an unexpected keyword argument 'eager_start'")
    }
  }
}
