/// Which CPython's decisions the loop takes, where versions differ.
public struct Profile: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The minor version: 13 for CPython 3.13.
  public let minor: Int
  /// The micro version: 2 for CPython 3.13.2; `Int.max` for the newest release of the minor one.
  public let micro: Int

  /// The newest release of each minor version.
  public static let supported = minors.map { python3($0) }
  public static let latest = python3(minors.upperBound)
  private static let minors = 6...15

  private init(minor: Int, micro: Int) { (self.minor, self.micro) = (minor, micro) }

  /// CPython 3.`minor`.`micro`; its newest release if no other is named.
  ///
  /// - Precondition: the minor version is one of ``supported``.
  public static func python3(_ minor: Int, micro: Int = .max) -> Profile {
    // What `precondition` says is not printed in a release build.
    guard minors ~= minor else { fatalError("profiles go from \(supported[0]) to \(latest)") }
    return Profile(minor: minor, micro: micro)
  }

  /// - Parameter text: `3.6` … `3.15`, or a release of one such as `3.13.0`; anything else gives nil.
  public init?(_ text: String) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard 2...3 ~= numbers.count, let minor = numbers[1], Self.minors ~= minor,
      let micro = numbers.count == 2 ? Int.max : numbers[2], micro >= 0
    else { return nil }
    self.init(minor: minor, micro: micro)
    guard description == text else { return nil }
  }

  public var description: String { micro == .max ? "3.\(minor)" : "3.\(minor).\(micro)" }

  public static func < (a: Self, b: Self) -> Bool { (a.minor, a.micro) < (b.minor, b.micro) }

  /// Whether it has what came with 3.`minor`.`micro`, a release of bug fixes.
  private func hasFix(of minor: Int, micro: Int) -> Bool {
    self.minor == minor && self.micro >= micro
  }

  // MARK: What differs

  /// `wait()` takes bare coroutines and makes tasks of them in the order of a set: 3.6 to 3.10.
  var waitTakesCoroutines: Bool { minor <= 10 }

  /// `wait()` warns of bare coroutines: 3.9 and 3.10.
  var waitWarnsOfCoroutines: Bool { minor == 9 || minor == 10 }

  /// `gather()` makes tasks of its members in the order of a set: 3.6.
  var gatherShufflesMembers: Bool { minor == 6 }

  /// `gather()` counts members that are done already at once, with no trip through the ready
  /// queue: 3.12 on.
  var gatherCountsDoneMembersAtOnce: Bool { minor >= 12 }

  /// Tasks count how often they were asked to cancel (`cancelling()`, `uncancel()`): 3.11 on.
  var tasksCountCancelRequests: Bool { minor >= 11 }

  /// `uncancel()` down to 0 takes a cancellation back that has not reached the coroutine: 3.13 on.
  var uncancelTakesPendingCancelBack: Bool { minor >= 13 }

  /// A negative sleep goes by a timer, as any but 0 does: 3.6.
  var negativeSleepSetsTimer: Bool { minor == 6 }

  /// `sleep(nan)` is a ValueError: 3.13 on.
  var sleepRefusesNaN: Bool { minor >= 13 }

  /// `cancel()` takes a message: 3.9 on.
  var cancelTakesMessage: Bool { minor >= 9 }

  /// The first await of a cancelled task gets the error that its coroutine ended with, message and
  /// all: 3.11 on.
  var cancelMessageLeavesTask: Bool { minor >= 11 }

  /// A task that returns while a cancellation is pending is cancelled: 3.8 on. Before, it got a
  /// `CancelledError` as its exception.
  var returningTaskIsCancelled: Bool { minor >= 8 }

  /// Tasks have names in what is written of them: 3.8 on.
  var tasksHaveNames: Bool { minor >= 8 }

  /// `create_task(coro, name=…)` names the task when it is made, which uses up a number too.
  var createTaskNamesLate: Bool { minor <= 12 }

  /// A task factory is told of the name, and of all else that `create_task` got: 3.14 on.
  var taskFactoriesGetAll: Bool { minor >= 14 }

  /// `shield()` takes its callback back when it is cancelled: 3.7 on.
  var shieldLetsGo: Bool { minor >= 7 }

  /// `shield()` has a second callback where a task calls it, which notes that the task does not
  /// wait any more: 3.14 on.
  var shieldNotesEndOfWait: Bool { minor >= 14 }

  /// `shield()` that was cancelled asks for the exception of what it held, if it still hears of it:
  /// up to 3.13.
  var shieldTakesLateException: Bool { minor <= 13 }

  /// `as_completed()` can be asked again for what an await of it that failed would have given: 3.14
  /// on.
  var asCompletedCanBeAskedAgain: Bool { minor >= 14 }

  /// `run()` takes all that can be awaited: 3.14 on. Before, it took coroutines alone.
  var runTakesAwaitables: Bool { minor >= 14 }

  /// The end of `run()` shuts the default executor down: 3.9 on.
  var endShutsExecutorDown: Bool { minor >= 9 }

  /// What a thread's future tells a loop's when it is cancelled on the loop's own thread comes by
  /// `call_soon_threadsafe`: up to 3.13.11, and to 3.14.2.
  var chainedFuturesCallSoon: Bool {
    minor <= 12 || minor == 13 && micro < 12 || minor == 14 && micro < 3
  }

  // MARK: wait_for

  /// `wait_for()` with no time left does not set a timer: 3.7 on.
  var waitForChecksTimeoutFirst: Bool { minor >= 7 }

  /// `wait_for()` waits for the task that it has cancelled when time is up: 3.7 on, and when there
  /// was none or it is cancelled itself, 3.8 on.
  var waitForAwaitsCancelledTask: Bool { minor >= 7 }
  var waitForAlwaysAwaitsCancelledTask: Bool { minor >= 8 }

  /// `wait_for()` gives the result of a task that refused to be cancelled: 3.9 on.
  var waitForTakesLateResult: Bool { minor >= 9 }

  /// `wait_for()` is `timeout()` around an await, and makes no task: 3.12 on.
  var waitForIsTimeout: Bool { minor >= 12 }

  /// `timeout()` tells its own cancellation from one that the task had been asked for before:
  /// 3.11.3 on.
  var timeoutKnowsEarlierRequests: Bool { minor >= 12 || hasFix(of: 11, micro: 3) }

  // MARK: Locks

  /// A semaphore keeps its waiters in order when it is released and acquired in one step: 3.10 on.
  var semaphoreIsFair: Bool { minor >= 10 }

  /// A semaphore lets nobody pass one whom it has woken: 3.9, before it kept an order.
  var semaphoreRemembersWakeup: Bool { minor == 9 }

  /// A semaphore that was released several times wakes all whom that allows: 3.13 on.
  var semaphoreWakesAllItCan: Bool { minor >= 13 }

  /// A `Condition.wait()` that fails passes its notification on: 3.13 on.
  var conditionPassesNotificationOn: Bool { minor >= 13 }

  /// `Barrier` says which number of parties it wants at least: 3.13.2 on.
  var barrierSaysLeastParties: Bool { minor >= 14 || hasFix(of: 13, micro: 2) }

  // MARK: Task groups

  /// A task group takes back the cancellation of its parent when it waits no more: 3.13 on.
  var taskGroupUncancelsLate: Bool { minor >= 13 }

  /// A task group hears at once of an eager task that is done as it is made: up to 3.12.8, and
  /// 3.13.1. Since then its callback is scheduled.
  var taskGroupHearsOfDoneTasksAtOnce: Bool {
    minor == 12 && !hasFix(of: 12, micro: 9) || minor == 13 && !hasFix(of: 13, micro: 2)
  }

  /// A task group cancels an eager task that joins it when it is shutting down: 3.15 on.
  var taskGroupCancelsLateMembers: Bool { minor >= 15 }

  // MARK: What a version does not have

  /// `TaskGroup`, `timeout`, `Barrier` and `Runner`: 3.11 on.
  var hasStructuredConcurrency: Bool { minor >= 11 }

  /// `eager_task_factory`: 3.12 on.
  var tasksCanStartEagerly: Bool { minor >= 12 }

  /// `create_task(coro, eager_start=…)`: 3.14 on.
  var createTaskTakesEagerStart: Bool { minor >= 14 }

  /// `TaskGroup.cancel`: 3.15 on.
  var taskGroupsCanBeCancelled: Bool { minor >= 15 }

  /// `to_thread`: 3.9 on.
  var hasToThread: Bool { minor >= 9 }

  /// `Queue.shutdown`: 3.13 on.
  var queuesShutDown: Bool { minor >= 13 }
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
