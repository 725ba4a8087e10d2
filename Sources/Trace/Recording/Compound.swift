/// What a line of a recording is that tells several events at once.
///
/// Most of what an event loop does is a handful of patterns, and a recorder inside a slow program
/// has a line to write for each instead of five.
enum Compound: UInt8, Word {
  /// A coroutine was made, awaited and started.
  case coroutineBegan
  /// A step that did nothing but give up its turn.
  case stepYielded
  /// The same again, by the task that the line for its step before told of.
  case stepYieldedAgain
  /// A task was made, and its first step scheduled.
  case taskMade
  /// A task was made and the lane of its coroutine with it, both by the same number.
  case taskMadeWithLane
  /// Such a task took its first step; what it waits for is not told.
  case taskBegan
  /// Such a task returned.
  case taskReturned
  /// A handle that did nothing that is told of.
  case handleDone
  /// A handle that did nothing but resolve a future, which one task awaited.
  case handleResolved
  /// A step that went on to the next wait.
  case stepWaited
  /// The same again, by the task that the line for its step before told of.
  case stepWaitedAgain
  /// Several handles were scheduled from outside, to call the same function.
  case handlesScheduled

  var word: StaticString {
    switch self {
    case .coroutineBegan: "cb"
    case .stepYielded: "hy"
    case .stepYieldedAgain: "hz"
    case .taskMade: "th"
    case .taskMadeWithLane: "tl"
    case .taskBegan: "tw"
    case .taskReturned: "te"
    case .handleDone: "hd"
    case .handleResolved: "hr"
    case .stepWaited: "hw"
    case .stepWaitedAgain: "ha"
    case .handlesScheduled: "hx"
    }
  }
}
