/// A handle or timer and the events in which things happened to it, over the whole run.
package struct Handle: Equatable, Sendable {
  package var id: HandleID
  package var callback: Callback
  package var cause: Cause
  /// The deadline of a timer in nanoseconds since the start of the run, nil for a plain handle.
  package var when: Int64?
  /// Index of its `handleScheduled` or `timerScheduled`.
  package var scheduled: Int
  /// Index of the event in which it entered the ready queue: that same one, or its `timerFired`.
  package var entered: Int?
  package var began: Int?
  package var ended: Int?
  package var cancelled: Int?
}

/// Some handles in order, and how many there are in all.
package struct HandleList: Equatable, Sendable {
  package var handles: [HandleID]
  package var count: Int
}
