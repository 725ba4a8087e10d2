package import Trace

/// Whether the lanes of two runs did the same, each for itself and in its own order, whatever the
/// others did meanwhile.
package struct LaneWork: Sendable {
  package struct Pair: Equatable, Sendable {
    package var a: LaneID
    package var b: LaneID
  }

  /// The lanes that both runs have.
  package private(set) var pairCount = 0
  /// Those that did something else in B, or came to another end.
  package private(set) var otherwise: [Pair] = []
  /// Those that did the same things in another order.
  package private(set) var reordered: [Pair] = []
  /// Those that did the same but waited for other things, or more often.
  package private(set) var waitedOtherwise: [Pair] = []
  /// Those whose names differ in their arguments.
  package private(set) var renamed: [Pair] = []
  package private(set) var onlyInA: [LaneID] = []
  package private(set) var onlyInB: [LaneID] = []

  /// Whether all lanes did the same, each in its own order, and waited for the same.
  package var isSameInEach: Bool { isSame && reordered.isEmpty && waitedOtherwise.isEmpty }

  /// Whether all lanes did the same work, in whatever order, and came to the same end.
  package var isSame: Bool {
    otherwise.isEmpty && renamed.isEmpty && onlyInA.isEmpty && onlyInB.isEmpty
  }

  init(
    _ a: Timeline, _ b: Timeline, _ pairs: LanePairs, _ decisions: (Decisions, Decisions),
    ofTasksAlone: Bool
  ) {
    let (ours, theirs) = (decisions.0.work, decisions.1.work)
    let names = pairs.names
    var places: [(a: Int, b: Int)] = []
    var unlike = Pools()
    for (place, partner) in pairs.partners.enumerated() {
      let lane = a.laneID(at: place)
      guard let partner else {
        if !ofTasksAlone || a.lane(lane)?.task != FutureID.none { onlyInA.append(lane) }
        continue
      }
      pairCount += 1
      if !pairs.hasOneName(place, partner) {
        renamed.append(Pair(a: lane, b: b.laneID(at: partner)))
      } else if ours[place].deedsAndWaits == theirs[partner].deedsAndWaits {
        places.append((place, partner))
      } else {
        unlike.add(place, partner, name: names[place])
      }
    }
    for (place, partner) in pairs.partnersOfB.enumerated() where partner == nil {
      let lane = b.laneID(at: place)
      if !ofTasksAlone || b.lane(lane)?.task != FutureID.none { onlyInB.append(lane) }
    }
    // Of equals that have changed places, each did what another did in the other run.
    for var pool in unlike.all {
      for key in [\LaneDigest.deedsAndWaits, \.deeds, \.sum] {
        places += pool.takePairs(by: { ours[$0][keyPath: key] }, { theirs[$0][keyPath: key] })
      }
      places += zip(pool.a, pool.b).map { ($0, $1) }
    }
    for (place, partner) in places.sorted(by: { $0.a < $1.a }) {
      let pair = Pair(a: a.laneID(at: place), b: b.laneID(at: partner))
      if ours[place].sum != theirs[partner].sum
        || a.state(of: pair.a, at: a.events.count) != b.state(of: pair.b, at: b.events.count)
      {
        otherwise.append(pair)
      } else if ours[place].deeds != theirs[partner].deeds {
        reordered.append(pair)
      } else if ours[place].deedsAndWaits != theirs[partner].deedsAndWaits {
        waitedOtherwise.append(pair)
      }
    }
  }
}

/// Lanes that did not do the same as their partners, by their names.
private struct Pools {
  private(set) var all: [UnpairedLanes] = []
  private var places: [UInt64: Int] = [:]

  mutating func add(_ a: Int, _ b: Int, name: UInt64) {
    let place = places[name] ?? all.count
    if place == all.count {
      all.append(UnpairedLanes())
      places[name] = place
    }
    all[place].add(a, b)
  }
}
