/// Which timers were set and waiting, at any cursor.
///
/// A handle's record says when it stopped to be a pending timer, so the timers at a cursor are
/// those of a checkpoint before it, and those set since, less those that had gone by then. A new
/// checkpoint is made when at least as much has happened as it has to list: so the checkpoints
/// take no more room than the timers themselves, and few candidates have to be looked at.
struct TimerLog: Sendable {
  private struct Checkpoint {
    var cursor: Int
    /// The number of timers ever set.
    var setCount: Int
    var pending: [UInt32]
  }

  /// All timers in the order in which they were set.
  private var timers: [UInt32] = []
  private var checkpoints: [Checkpoint] = []
  private var pendingCount = 0
  private var changesSinceCheckpoint = 0

  mutating func set(_ timer: Int, at event: UInt32, in records: [HandleLog.Record]) {
    timers.append(UInt32(truncatingIfNeeded: timer))
    pendingCount += 1
    changed(at: event, in: records)
  }

  /// A pending timer has fired, was cancelled or was run.
  mutating func remove(at event: UInt32, in records: [HandleLog.Record]) {
    pendingCount -= 1
    changed(at: event, in: records)
  }

  mutating func forget(at event: UInt32) {
    guard pendingCount > 0 else { return }
    pendingCount = 0
    add(Checkpoint(cursor: Int(event) + 1, setCount: timers.count, pending: []))
  }

  private mutating func changed(at event: UInt32, in records: [HandleLog.Record]) {
    changesSinceCheckpoint += 1
    guard changesSinceCheckpoint >= max(256, pendingCount) else { return }
    let cursor = Int(event) + 1
    var pending: [UInt32] = []
    pending.reserveCapacity(pendingCount)
    forEach(at: cursor, in: records) { pending.append($0) }
    add(Checkpoint(cursor: cursor, setCount: timers.count, pending: pending))
  }

  private mutating func add(_ checkpoint: Checkpoint) {
    checkpoints.append(checkpoint)
    changesSinceCheckpoint = 0
  }

  /// Visits the timers that are pending after `cursor` events, in no particular order.
  func forEach(at cursor: Int, in records: [HandleLog.Record], _ visit: (UInt32) -> Void) {
    _ = contains(at: cursor, in: records) { timer in
      visit(timer)
      return false
    }
  }

  /// Whether one of the timers that are pending after `cursor` events fulfils a condition.
  func contains(
    at cursor: Int, in records: [HandleLog.Record], where holds: (UInt32) -> Bool = { _ in true }
  ) -> Bool {
    let count = checkpoints.prefixCount { $0.cursor <= cursor }
    var setCount = 0
    if count > 0 {
      let checkpoint = checkpoints[count - 1]
      setCount = checkpoint.setCount
      for timer in checkpoint.pending where records[Int(timer)].isPending(at: cursor) {
        if holds(timer) { return true }
      }
    }
    for timer in timers[setCount...] {
      let record = records[Int(timer)]
      if Int(record.scheduled) >= cursor { break }
      if record.isPending(at: cursor), holds(timer) { return true }
    }
    return false
  }
}
