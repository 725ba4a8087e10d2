/// How things stand with the loop at a cursor.
package struct Moment: Equatable, Sendable {
  package var cursor: Int
  /// Nanoseconds since the start of the run.
  package var time: Int64
  /// The number that the loop gave to its current turn; 0 before the first.
  package var tick = 0
  /// The number of steps that have begun.
  package var step = 0
  /// The handle that has begun and not ended.
  package var handle = HandleID.none
  /// The coroutine whose code is on the loop.
  package var lane = LaneID.none
  /// The number of events lost so far.
  package var dropped: UInt64 = 0
  /// Once the run has ended, the exception it ended with, or an empty text.
  package var ending: TextID?
}
