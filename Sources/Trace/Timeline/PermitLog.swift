/// Which tasks took the permits of a semaphore, at any cursor.
///
/// A semaphore does not know: whoever likes may give a permit back. So this knows only as long as each
/// permit is given back by the task that took it, and once more when none is taken any more.
struct PermitLog: Sendable {
  /// What holds after so many changes.
  private struct Holders {
    /// The task of each permit that is taken, in the order in which they were.
    var tasks: [UInt32] = []
    var level: UInt32 = 0
    var isKnown = true
    /// Whether more was given back than there was, or the like: the level tells nothing then.
    var isBroken = false

    mutating func change(to level: UInt32, by task: UInt32) {
      let before = self.level
      self.level = level
      if level > before, level - before == 1 {
        tasks.append(task)
        isKnown = isKnown && task != .absent
      } else if level < before, before - level == 1 {
        if let place = tasks.firstIndex(of: task) {
          tasks.remove(at: place)
        } else {
          isKnown = false
        }
      } else {
        isBroken = true
      }
      if tasks.count > PermitLog.most { isBroken = true }
      if level == 0 || isBroken || !isKnown { tasks.removeAll() }
      if level == 0 { isKnown = true }
    }
  }

  private struct Checkpoint {
    var count: Int
    var holders: Holders
  }

  /// The level after each change, and the task that took or gave back.
  private var changes: [(level: UInt32, task: UInt32)] = []
  private var checkpoints: [Checkpoint] = []
  /// For how many permits it is known: of more, three names tell nothing.
  static let most: UInt32 = 100
  /// After all changes but the last, whose task may turn out to be another one.
  private var holders = Holders()

  mutating func change(to level: UInt32, by task: UInt32) {
    if let last = changes.last { holders.change(to: last.level, by: last.task) }
    // So the checkpoints take no more than a few times the room of the changes.
    if changes.count - (checkpoints.last?.count ?? 0) > 16 + holders.tasks.count / 4 {
      checkpoints.append(Checkpoint(count: changes.count, holders: holders))
    }
    changes.append((level, task))
  }

  /// If a permit was taken last, it was for another task, which waits for it.
  mutating func handOver(to task: UInt32) {
    guard let last = changes.last, last.level > holders.level else { return }
    changes[changes.count - 1].task = task
  }

  /// The task of each permit that was taken after so many changes; nil where that is not known.
  func tasks(afterChanges count: Int) -> [UInt32]? {
    let last = checkpoints.prefixCount { $0.count <= count } - 1
    var holders = last >= 0 ? checkpoints[last].holders : Holders()
    for (level, task) in changes[(last >= 0 ? checkpoints[last].count : 0)..<count] {
      holders.change(to: level, by: task)
    }
    return holders.isKnown && !holders.isBroken ? holders.tasks : nil
  }
}
