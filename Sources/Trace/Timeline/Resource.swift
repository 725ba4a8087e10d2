/// What is known of a lock, an event, a queue and the like over the whole run.
package struct Resource: Equatable, Sendable {
  package var id: ResourceID
  package var kind: ResourceKind
  package var name: TextID
  /// How much of it there is, 0 for no limit.
  package var limit: UInt32
  /// Index of the event that made it.
  package var created: Int
}

/// How a resource stands at a cursor.
package struct ResourceState: Equatable, Sendable {
  /// How much of it is in use.
  package var level: UInt32
  /// Who has it, where that can be only one, else `.none`.
  package var holder: LaneID

  package init(level: UInt32, holder: LaneID) {
    self.level = level
    self.holder = holder
  }
}
