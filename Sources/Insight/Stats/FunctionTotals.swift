package import Trace

/// What all calls of one function came to: a coroutine's, a callback's, or what the loop itself does.
package struct FunctionTotals: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case coroutine
    /// Plain functions of one name that the loop calls.
    case callback
    /// All other handles: ends of sleeps, members' reports, and what a task does around its coroutine.
    case loop
  }

  package let kind: Kind
  /// `meow(…)`; empty for what the loop itself does.
  package internal(set) var name: String
  /// Where a coroutine function is defined.
  package let site: Site

  /// How many coroutines were made, or how often a callback ran.
  package internal(set) var calls = 0
  /// How many were there before what is looked at began.
  package internal(set) var earlier = 0
  /// How many were there at once at most, and the index of the event with which that was so first.
  package internal(set) var most = 0
  package internal(set) var mostAt = 0
  /// How many were there at the end.
  package internal(set) var left = 0
  package internal(set) var returned = 0
  package internal(set) var failed = 0
  package internal(set) var cancelled = 0
  package internal(set) var neverAwaited = 0
  /// Of how many nothing was heard any more after events were lost.
  package internal(set) var lost = 0

  /// In how many steps its code was on the loop.
  package internal(set) var steps = 0
  /// How long its code was on the loop in steps, in nanoseconds.
  package internal(set) var time: Int64 = 0
  /// The longest that it had the loop in one step, and the number of that.
  package internal(set) var longest: Int64 = 0
  package internal(set) var longestStep = 0

  /// How long its coroutines waited.
  package internal(set) var waits = WaitTimes()
  /// How long they stood at direct awaits of other coroutines.
  package internal(set) var awaiting: Int64 = 0
  /// How long they had been made and neither started nor made tasks.
  package internal(set) var pending: Int64 = 0
  /// How long they were running: more than ``time`` where one runs another one's step within its own.
  package internal(set) var running: Int64 = 0
  /// How long async generators stood between two values.
  package internal(set) var between: Int64 = 0
  /// How long nothing is known of them, after events were lost.
  package internal(set) var unknown: Int64 = 0

  /// How many were made and came to their end, how long these lived together, and the one that lived longest.
  package internal(set) var lives = 0
  package internal(set) var lifetime: Int64 = 0
  package internal(set) var longestLife: Int64 = 0
  package internal(set) var longestLane = LaneID.none

  /// How many were there in each quarter of the time.
  package internal(set) var course: Course
  /// Of those that were there when most were, the one that was made first.
  package internal(set) var oldest = LaneID.none

  init(_ kind: Kind, _ name: String, at site: Site = .unknown, in times: Range<Int64>) {
    self.kind = kind
    self.name = name
    self.site = site
    course = Course(times, ofCounts: true)
  }

  /// From being made to the end, in the mean; nil where none was seen from its beginning to its end.
  package var meanLife: Int64? { lives > 0 ? lifetime / Int64(lives) : nil }

  /// Whether there is anything to say of it.
  var isEmpty: Bool { calls == 0 && earlier == 0 && steps == 0 && time == 0 }
}
