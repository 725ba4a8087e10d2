import Trace

/// How runs of one program under several seeds came out.
package struct Exploration: Sendable {
  /// Runs that came out alike.
  package struct Group: Sendable {
    /// Of the first of them.
    package let outcome: RunOutcome
    package let first: ComparedRun
    /// In the order in which they ran, one at least.
    package fileprivate(set) var seeds: [UInt64]
    /// What they printed, each kind once.
    fileprivate var outputs: Set<UInt64> = []

    package var count: Int { seeds.count }
    package var firstSeed: UInt64 { seeds[0] }
    /// How many different texts they printed; 1 where all printed the same.
    package var outputCount: Int { outputs.count }
  }

  /// In the order in which they were found.
  package private(set) var groups: [Group] = []
  package private(set) var runCount = 0
  /// Of runs that came out in further ways, which are not kept apart.
  package private(set) var otherSeeds: [UInt64] = []
  private var places: [String: Int] = [:]

  /// A kept run takes memory.
  private static let mostGroups = 10

  package init() {}

  /// The most frequent first.
  package var groupsByCount: [Group] {
    groups.sorted { ($0.count, $1.firstSeed) > ($1.count, $0.firstSeed) }
  }

  package var goodCount: Int { groups.filter(\.outcome.isGood).map(\.count).reduce(0, +) }

  /// Takes in a run. O(events of what it printed).
  package mutating func add(_ run: ComparedRun, outcome: RunOutcome, seed: UInt64) {
    runCount += 1
    var place = places[outcome.kind]
    if place == nil, groups.count < Self.mostGroups || outcome.isGood {
      place = groups.count
      places[outcome.kind] = groups.count
      groups.append(Group(outcome: outcome, first: run, seeds: []))
    }
    guard let place else {
      otherSeeds.append(seed)
      return
    }
    groups[place].seeds.append(seed)
    groups[place].outputs.insert(run.timeline.hashOfOutput)
  }

  /// That in which most of the runs went wrong; nil where none did.
  package var worst: Group? {
    groups.filter { !$0.outcome.isGood }.max { $0.count < $1.count }
  }

  /// That to which the worst is best compared; nil where all came out alike.
  var usual: Group? {
    groups.filter { $0.firstSeed != worst?.firstSeed }
      .max { ($0.outcome.isGood ? 1 : 0, $0.count) < ($1.outcome.isGood ? 1 : 0, $1.count) }
  }
}

extension Timeline {
  /// Of all that went to stdout, without what is another number in each run.
  fileprivate var hashOfOutput: UInt64 {
    let printed = outputs.indices.map(output).filter { $0.stream == .stdout }
    return Hash(steady(printed.map { text($0.text) }.joined())).value
  }
}
