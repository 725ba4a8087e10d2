/// What never changes about a lane once it is known.
package struct Lane: Equatable, Sendable {
  package var id: LaneID
  package var name: TextID
  /// The lane whose code made it, `.none` for the first.
  package var parent: LaneID
  package var site: Site
  /// Where the call that made it stands, `.unknown` where that was not told.
  package var origin: Site
  /// Index of the event that made it.
  package var created: Int
  /// The task around it, `.none` if it is awaited directly or not at all.
  package var task: FutureID
  /// Index of the event that made the task.
  package var taskCreated: Int?
  /// The lane that ever awaited it directly; see ``Timeline/awaiter(of:at:)`` for a moment.
  package var awaitedBy: LaneID
  /// Index of the event in which that await began.
  package var awaited: Int?
}
