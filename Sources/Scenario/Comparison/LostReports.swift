import Loop
import Trace

/// What CPython 3.9 and 3.10 never say, though asyncio has it to say.
///
/// Their compiled `Task` keeps a reference to the traceback of the `CancelledError` that ended it,
/// and nothing gives that back. A traceback holds the frames of `wait_for`, and they what it waited
/// for: a `gather` that holds the task itself then lives for ever, and is not missed. With the
/// `Task` that is written in Python it is, on the same versions.
extension Profile {
  var losesReportsOfOwnGather: Bool { minor == 9 || minor == 10 }
}

extension Account {
  /// Leaves out that the `CancelledError` of a `gather` was never retrieved.
  package func withoutReportsOfCancellation() -> Account {
    var account = self
    account.lines.removeAll { $0 == "late: exception was never retrieved CancelledError" }
    return account
  }
}

extension Batch {
  /// Whether a task waits for itself, by way of others and of what they have made: its frames then
  /// hold a `gather` that holds it. O(events).
  var hasTaskInOwnGather: Bool {
    var waits: [FutureID: Set<FutureID>] = [:]
    var taskOf: [LaneID: FutureID] = [:]
    var running: FutureID?
    for event in events {
      switch event.fact {
      case .handleBegan: running = nil
      case .coroutineStarted(let lane), .coroutineResumed(let lane): running = taskOf[lane]
      case .taskCreated(let task, let lane, _, _): taskOf[lane] = task
      case .coroutineAwaited(let outer, let lane, _): taskOf[lane] = taskOf[outer]
      case .futureAwaits(let outer, let inner):
        waits[outer, default: []].insert(inner)
        if let running { waits[running, default: []].insert(outer) }
      case .coroutineSuspended(let lane, let wait, _):
        if let task = taskOf[lane] { waits[task, default: []].insert(wait.future) }
      default: break
      }
    }
    return Set(taskOf.values).contains { task in
      var seen: Set<FutureID> = []
      var open = waits[task] ?? []
      while let next = open.popFirst() {
        if next == task { return true }
        if seen.insert(next).inserted { open.formUnion(waits[next] ?? []) }
      }
      return false
    }
  }
}
