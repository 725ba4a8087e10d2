import Loop
import Trace

/// What CPython 3.9 and 3.10 never say, though asyncio has it to say.
///
/// When a `gather` has taken the `CancelledError` of a task, and the task is asked for it once more,
/// the compiled `Task` of these versions leaks the error's traceback. With it live the frames of the
/// task for ever, and all that they hold: nobody hears that an exception of these was never
/// retrieved. With the `Task` that is written in Python it is heard, on the same versions.
extension Profile {
  var losesWhatCancelledTasksHeld: Bool { minor == 9 || minor == 10 }
}

extension Account {
  /// Leaves out which exceptions were never retrieved.
  package func withoutLosses() -> Account {
    var account = self
    account.lines.removeAll { $0.hasPrefix("late: exception was never retrieved") }
    return account
  }
}

extension Batch {
  /// Whether a `gather` holds a task that was cancelled. O(events).
  var gathersCancelledTask: Bool {
    let kinds = [""] + texts
    var gathers: Set<FutureID> = []
    var members: Set<FutureID> = []
    return events.contains { event in
      switch event.fact {
      case .futureCreated(let future, let kind, _):
        if kinds[Int(kind.rawValue)] == "gather" { gathers.insert(future) }
      case .futureAwaits(let outer, let inner):
        if gathers.contains(outer) { members.insert(inner) }
      case .futureResolved(let future, .cancelled): return members.contains(future)
      default: break
      }
      return false
    }
  }
}
