import Trace

/// Who waits for one another.
extension StateReasons {
  /// A way from a lane over those that it waits for back to one already on the way. A `wait()` may
  /// go on with any of its futures, so ways do not lead through it.
  ///
  /// - Parameter limit: how many lanes are looked at: this is asked for each frame.
  func cycle(from start: LaneID, limit: Int = 1_000) -> [LaneID]? {
    cycle(fromAnyOf: [start], limit: limit)
  }

  /// The same for the first of several lanes from which there is one. Each lane is looked at once: from
  /// one that was left before, no way led back.
  func cycle(fromAnyOf starts: [LaneID], limit: Int = .max) -> [LaneID]? {
    var path: [LaneID] = []
    var places: [LaneID: Int] = [:]
    var seen: Set<LaneID> = []
    // Many may wait for the same gather of many.
    var known: [FutureID: [LaneID]] = [:]
    var ways = 0
    var rest = starts.reversed().map { (lane: $0, depth: 0) }
    while let (lane, depth) = rest.popLast(), seen.count < limit, ways < Self.mostWays {
      while path.count > depth { places[path.removeLast()] = nil }
      if let place = places[lane] { return Array(path[place...]) }
      guard seen.insert(lane).inserted else { continue }
      places[lane] = path.count
      path.append(lane)
      let wait = timeline.wait(of: lane, at: cursor) ?? Wait(.unknown, .none)
      if wait.kind == .wait { continue }
      let next = known[wait.future] ?? timeline.awaited(by: lane, at: cursor)
      if wait.future != .none { known[wait.future] = next }
      ways += next.count
      rest += next.reversed().map { ($0, depth + 1) }
    }
    return nil
  }

  private static let mostWays = 1_000_000

  /// - Parameter isAlone: whether nothing else says what each of them waits for.
  func reason(forCycle cycle: [LaneID], isAlone: Bool = true) -> Reason {
    // A gather is over too when another one of its members fails.
    let hasOthers = cycle.contains {
      timeline.wait(of: $0, at: cursor)?.kind == .gather
        && timeline.awaited(by: $0, at: cursor).count > 1
    }
    let can = isPast ? "could wake them" : "can wake them"
    let hope =
      timeline.isIdle(at: cursor)
      ? "nothing \(can)"
      : "only a cancellation\(hasOthers ? ", or a failure of another one," : "") \(can)"
    let text =
      if isAlone, let waits = waits(around: cycle) {
        "\(hope.prefix(1).uppercased())\(hope.dropFirst()): \(waits)."
      } else {
        "\(links(of: cycle).joined(separator: " wait\(isPast ? "ed" : "s") for ")): \(hope)."
      }
    return Reason(text, event: nil, circle: Set(cycle))
  }

  /// What each of a few waits for, and where, as long as that names the one after it: `a() waits to
  /// acquire lock 2, which b() holds, at demo.py:6; b() waits for the task a(), at demo.py:9`.
  private func waits(around cycle: [LaneID]) -> String? {
    guard cycle.count <= Self.mostPlaced else { return nil }
    var told: [String] = []
    for (lane, next) in zip(cycle, cycle.dropFirst() + cycle.prefix(1)) {
      guard let change = timeline.change(of: lane, at: cursor) else { return nil }
      let next = timeline.label(of: next)
      let (verb, what, line): (String, String, UInt32)
      switch timeline.events[change.event].fact {
      case .coroutineAwaited(_, _, let at): (verb, what, line) = ("await", next, at)
      case .coroutineSuspended(_, let wait, let at):
        (verb, what, line) = ("wait", held(timeline.phrase(wait, at: cursor)), at)
      default: return nil
      }
      guard what.contains(next) else { return nil }
      let place = timeline.place(line: line, of: lane)
      told.append("\(timeline.label(of: lane)) \(verb)\(isPast ? "ed" : "s") \(what)\(place)")
    }
    return told.joined(separator: "; ")
  }

  private static let mostPlaced = 4

  /// The names around a circle; of a long one the first made, and some that follow.
  private func links(of cycle: [LaneID]) -> [String] {
    guard cycle.count > Self.mostNamed, let first = cycle.indices.min(by: { cycle[$0] < cycle[$1] })
    else { return (cycle + cycle.prefix(1)).map(timeline.label(of:)) }
    let named = (cycle[first...] + cycle[..<first]).prefix(Self.mostNamed)
      .map(timeline.label(of:))
    return named + ["\(cycle.count - named.count) more in a row, the last of which", named[0]]
  }

  private static let mostNamed = 20
}
