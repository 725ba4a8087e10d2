/// Which CPython's decisions the loop takes, where versions differ.
public struct Profile: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The minor version: 13 for CPython 3.13.
  public let minor: Int

  public static let supported = (6...13).map { Profile(minor: $0) }
  public static let latest = Profile(minor: 13)

  private init(minor: Int) { self.minor = minor }

  /// CPython 3.`minor`, from 3.6 to 3.13.
  ///
  /// - Precondition: the version is one of ``supported``.
  public static func python3(_ minor: Int) -> Profile {
    precondition((6...13).contains(minor), "profiles go from 3.6 to 3.13")
    return Profile(minor: minor)
  }

  /// - Parameter text: `3.6` … `3.13`; anything else gives nil.
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
}
