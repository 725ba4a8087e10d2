package import Trace

/// Facts that need not make sense together, about few identities so that they often meet.
package struct Garbage {
  private var random: SeededGenerator
  private let identities: UInt32
  private var time: Int64 = 0
  private var lastLane: UInt32 = 0
  private var lastFuture: UInt32 = 0
  private var lastHandle: UInt32 = 0
  private var lastResource: UInt32 = 0

  package init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    identities = UInt32(2 + random.below(20))
  }

  package mutating func event() -> Event {
    time += Int64(random.below(5)) - 1
    return Event(time: random.chance(2) ? -time : time, fact: fact())
  }

  package static func batch(seed: UInt64, events: Int) -> Batch {
    var garbage = Garbage(seed: seed)
    return Batch(events: (0..<events).map { _ in garbage.event() })
  }

  private mutating func number() -> UInt32 {
    random.chance(1) ? .max : UInt32(random.below(Int(identities)))
  }

  private mutating func lane() -> LaneID { LaneID(number()) }
  private mutating func future() -> FutureID { FutureID(number()) }
  private mutating func resource() -> ResourceID { ResourceID(number()) }
  private mutating func handle() -> HandleID { HandleID(number()) }

  /// Nearly always the next counter, sometimes one that leaves a gap or was given before.
  private mutating func fresh(_ last: WritableKeyPath<Self, UInt32>) -> UInt32 {
    if random.chance(10) { return number() / 2 }
    self[keyPath: last] += random.chance(10) ? 3 : 1
    return self[keyPath: last]
  }

  private mutating func callback() -> Callback {
    let kind = Callback.Kind.allCases.randomElement(using: &random) ?? .job
    return Callback(random.chance(60) ? .wakeup : kind, future())
  }

  private mutating func fact() -> Fact {
    let line = UInt32(random.below(9))
    switch random.below(43) {
    case 0, 1, 2:
      let id = fresh(\.lastLane)
      return .coroutineCreated(LaneID(id), name: .empty, parent: lane(), at: .unknown)
    case 3, 4: return .coroutineStarted(lane())
    case 5, 6, 7:
      let kind = Wait.Kind.allCases.randomElement(using: &random) ?? .unknown
      return .coroutineSuspended(lane(), on: Wait(kind, future()), line: line)
    case 8, 9: return .coroutineResumed(lane())
    case 10: return .coroutineReturned(lane(), value: .empty)
    case 11: return .coroutineRaised(lane(), exception: .empty)
    case 12:
      return random.chance(50)
        ? .coroutineCancelled(lane()) : .taskRenamed(future(), name: .empty, by: lane())
    case 13: return random.chance(30) ? .coroutineNeverAwaited(lane()) : .coroutineStarted(lane())
    case 14, 15, 16: return .coroutineAwaited(by: lane(), lane(), line: line)
    case 17, 18:
      return .taskCreated(FutureID(fresh(\.lastFuture)), lane(), name: .empty, by: lane())
    case 19: return .futureCreated(FutureID(fresh(\.lastFuture)), kind: .empty, of: resource())
    case 40:
      return .resourceCreated(
        ResourceID(fresh(\.lastResource)), .lock, name: .empty, limit: number())
    case 41, 42: return .resourceChanged(resource(), level: number(), holder: lane())
    case 20: return .futureAwaits(future(), future())
    case 21: return .futureResolved(future(), .result)
    case 22, 23, 24:
      let when = random.chance(5) ? Int64.min : Int64(random.below(20))
      return .timerScheduled(HandleID(fresh(\.lastHandle)), when: when, callback())
    case 25, 26: return .timerFired(handle())
    case 27, 28, 29:
      return .handleScheduled(HandleID(fresh(\.lastHandle)), callback(), cause: Cause(.callSoon))
    case 30: return .handleCancelled(handle())
    case 31, 32: return .handleBegan(handle())
    case 33: return .taskRefused(future())
    case 34, 35:
      return random.chance(80)
        ? .handleEnded(handle()) : .stackSampled(handle(), stack: .empty, by: lane())
    case 36: return random.chance(80) ? .tickBegan(number()) : .stoodStill
    case 37: return random.chance(50) ? .timeJumped(from: 0) : .output(.empty, by: lane(), .stdout)
    case 38: return random.chance(30) ? .runEnded(exception: .empty) : .marked(.empty)
    case 39: return random.chance(30) ? .dropped(count: number()) : .warned(.empty, by: lane())
    default: return .handleBegan(handle())
    }
  }
}
