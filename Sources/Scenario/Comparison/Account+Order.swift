import Trace

extension Account {
  /// What follows a suspension in its step is done by the loop: the next step after a yield, the wake-up by
  /// a cancellation that was pending. A recorder that sees the end of steps alone says so in the other
  /// order, and after an eager step the handle goes on. So an account has the suspensions of a handle at its
  /// end. What threads bring while the loop waits belongs to the tick that they end the waiting of. Where
  /// a thread makes a coroutine that the loop is to run, ours is made when, and where, the loop makes its task.
  static func ordered(_ events: [Event]) -> [Event] {
    var result: [Event] = []
    result.reserveCapacity(events.count)
    var suspensions: [Event] = []
    var madeOutside: [LaneID: Event] = [:]
    var isInHandle = false
    for event in events {
      switch event.fact {
      case .handleBegan: isInHandle = true
      case .handleEnded: isInHandle = false
      default: break
      }
      switch event.fact {
      case .coroutineCreated(let lane, _, _, _) where !isInHandle:
        madeOutside[lane] = event
        continue
      case .taskCreated(_, let lane, _, _):
        if var made = madeOutside.removeValue(forKey: lane) {
          made.time = event.time
          result.append(made)
        }
      case .coroutineSuspended:
        suspensions.append(event)
        continue
      case .handleEnded, .tickBegan, .runEnded:
        result += suspensions
        suspensions.removeAll()
      default: break
      }
      if case .tickBegan = event.fact {
        let start = result.lastIndex { !$0.fact.isBroughtByThread }.map { $0 + 1 } ?? 0
        let brought = result[start...]
        result.removeSubrange(start...)
        result += brought.filter { !$0.fact.isHandle } + [event] + brought.filter(\.fact.isHandle)
        continue
      }
      if case .output = event.fact {
        let start = result.lastIndex { !$0.fact.isBroughtByThread && !$0.fact.isTick } ?? -1
        if let tick = result[(start + 1)...].firstIndex(where: \.fact.isTick) {
          result.insert(event, at: tick)
          continue
        }
      }
      result.append(event)
    }
    return result + suspensions
  }
}

extension Fact {
  fileprivate var isBroughtByThread: Bool {
    switch self {
    case .handleScheduled(_, _, let cause): cause.kind == .external
    case .output: true
    default: false
    }
  }

  fileprivate var isTick: Bool { if case .tickBegan = self { true } else { false } }

  fileprivate var isHandle: Bool { if case .handleScheduled = self { true } else { false } }
}
