/// What is known of a future or a task over the whole run.
package struct FutureRecord: Equatable, Sendable {
  package var id: FutureID
  /// What it is for, or a task's name.
  package var name: TextID
  package var isTask: Bool
  /// The coroutine of a task.
  package var lane: LaneID
  /// Index of the event that made it.
  package var created: Int
  package var resolved: Int?
  package var outcome: Outcome?
}
