import Trace

/// A run read for what it decided: each fact that is a decision becomes a number, which is the same
/// for the same decision of another run.
///
/// What no program can count on is left out: times, identities, when the queue was filled (its
/// handles are compared when they run), ticks, and what the garbage collector has to say.
struct Reading {
  /// What both runs tell: runs recorded with tasks alone tell less.
  struct Scope {
    var hasSteps = true
    /// Whether a lane that waits in another line is said to wait otherwise: both runs were of the
    /// same text, under the same runtime.
    var hasLines = false
    /// Whether returned values count: not every recorder tells them, nor in the same way.
    var hasValues = false
    /// Whether what the program says is told in both: not where one was recorded with tasks alone.
    var hasOutput = true
  }

  let timeline: Timeline
  let scope: Scope
  private let laneNames: [UInt64]
  /// The lane that first waited for a future, by the future's place.
  private let owners: [Int32]
  private var texts: [TextID: UInt64] = [:]
  private var purposes: [TextID: UInt64] = [:]
  private var unheard: [TextID: Bool] = [:]

  init(_ timeline: Timeline, scope: Scope, names: [UInt64]) {
    self.timeline = timeline
    self.scope = scope
    laneNames = names
    var owners = [Int32](repeating: -1, count: timeline.futureCount)
    for event in timeline.events {
      if case .coroutineSuspended(let lane, let wait, _) = event.fact,
        let future = timeline.place(of: wait.future), owners[future] < 0,
        let place = timeline.place(of: lane)
      {
        owners[future] = Int32(truncatingIfNeeded: place)
      }
    }
    self.owners = owners
  }

  /// What a step is: what its handle does, and what kind of cause it has.
  mutating func step(_ id: HandleID, lanes: [UInt64]) -> UInt64 {
    guard let handle = timeline.handle(id) else { return Hash.of(1) }
    return Hash.of(1, key(handle, lanes: lanes))
  }

  /// A fact as a decision of the run, apart from the beginning of a step.
  ///
  /// - Parameter lanes: the numbers of the lanes, by their places.
  /// - Returns: nil where it is none.
  mutating func decision(_ fact: Fact, lanes: [UInt64]) -> UInt64? {
    switch fact {
    case .resourceChanged(let id, let level, let holder) where scope.hasSteps:
      return Hash.of(2, name(of: id), UInt64(level), key(holder, lanes))
    case .output(_, .none, .stderr): return nil  // The interpreter's last words.
    case .marked(let text): return scope.hasOutput ? Hash.of(3, number(text)) : nil
    case .exceptionReported(let text, _):
      return scope.hasOutput && !isUnheard(text) ? Hash.of(4, number(text)) : nil
    case .stoodStill: return scope.hasOutput ? Hash.of(5) : nil
    case .runEnded(let exception): return Hash.of(6, number(exception))
    case .coroutineNeverAwaited: return nil
    default: return deed(fact, lanes: lanes) ?? wait(fact, lanes: lanes)
    }
  }

  /// What a lane has done of itself, whatever others did meanwhile.
  ///
  /// - Parameter lanes: the numbers of the lanes, by their places; nil for such as go by the lanes'
  ///   names alone.
  mutating func deed(_ fact: Fact, lanes: [UInt64]? = nil) -> UInt64? {
    let lanes = lanes ?? laneNames
    switch fact {
    case .coroutineStarted: return Hash.of(10)
    case .coroutineReturned(_, let value):
      return Hash.of(11, scope.hasValues ? number(value) : 0)
    case .coroutineRaised(_, let text, _): return Hash.of(12, number(text))
    case .coroutineCancelled: return Hash.of(13)
    case .coroutineNeverAwaited: return Hash.of(14)
    case .coroutineAwaited(_, let lane, _):
      return scope.hasSteps ? Hash.of(15, key(lane, lanes), name(of: lane)) : nil
    case .taskCreated(_, let lane, _, _):
      return Hash.of(16, key(lane, lanes), name(of: lane))
    case .output(let text, _, let stream):
      guard scope.hasOutput, stream == .stdout || !isUnheard(text) else { return nil }
      return Hash.of(17, number(text), UInt64(stream.rawValue))
    case .warned(let text, _):
      guard scope.hasOutput, !timeline.isRemark(text), !isUnheard(text) else { return nil }
      return Hash.of(18, number(text))
    default: return nil
    }
  }

  /// For what a lane waits.
  mutating func wait(_ fact: Fact, lanes: [UInt64]? = nil) -> UInt64? {
    let isOfRun = lanes != nil
    let lanes = lanes ?? laneNames
    guard scope.hasSteps, case .coroutineSuspended(_, let wait, let line) = fact else {
      return nil
    }
    return Hash.of(
      20, UInt64(wait.kind.rawValue), scope.hasLines ? UInt64(line) : 0,
      isOfRun ? key(wait.future, lanes: lanes) : 0)
  }

  /// What a handle does when it runs, and what kind of cause it has.
  private mutating func key(_ handle: Handle, lanes: [UInt64]) -> UInt64 {
    let callback = handle.callback
    let subject =
      callback.kind == .function
      ? number(callback.name) : key(callback.future, lanes: lanes)
    let outcome = timeline.future(handle.cause.future)?.outcome?.rawValue ?? 0
    return Hash.of(
      UInt64(callback.kind.rawValue), subject, UInt64(handle.cause.kind.rawValue), UInt64(outcome))
  }

  /// A task by its lane, another future by what it is for and by who waits for it.
  private mutating func key(_ id: FutureID, lanes: [UInt64]) -> UInt64 {
    guard let place = timeline.place(of: id), let future = timeline.future(id) else { return 0 }
    if future.isTask {
      return timeline.place(of: future.lane).map { lanes[$0] } ?? 0
    }
    let resource = timeline.resource(behind: id).map { name(of: $0.id) } ?? 0
    let owner = owners[place] < 0 ? 0 : lanes[Int(owners[place])]
    return Hash.of(purpose(future.name), resource, owner)
  }

  private func key(_ lane: LaneID, _ lanes: [UInt64]) -> UInt64 {
    timeline.place(of: lane).map { lanes[$0] } ?? 0
  }

  private func name(of lane: LaneID) -> UInt64 { key(lane, laneNames) }

  private mutating func name(of resource: ResourceID) -> UInt64 {
    timeline.resource(resource).map { number($0.name) } ?? 0
  }

  private mutating func number(_ id: TextID) -> UInt64 {
    if let number = texts[id] { return number }
    let text = timeline.text(id)
    // A recorder may leave out that nothing was returned.
    let number = text.isEmpty || text == "None" ? 0 : Hash(steady(text)).value
    texts[id] = number
    return number
  }

  /// What a future is for, a process without its number, a socket without its port.
  private mutating func purpose(_ id: TextID) -> UInt64 {
    if let number = purposes[id] { return number }
    let number = Hash(numberless(timeline.text(id))).value
    purposes[id] = number
    return number
  }

  /// Whether it is the garbage collector's choice when this is said.
  private mutating func isUnheard(_ id: TextID) -> Bool {
    if let isUnheard = unheard[id] { return isUnheard }
    let text = timeline.text(id)
    let isUnheard = ["was never awaited", "never retrieved", "destroyed but it is pending"]
      .contains { text.contains($0) }
    unheard[id] = isUnheard
    return isUnheard
  }
}
