/// Random scenarios, each on our loop and on CPython.
package struct Campaign {
  private let witness: Witness
  private var seeds: Range<UInt64>
  /// Asked for, not yet answered: CPython works on them while our loop does.
  private var asked: [(seed: UInt64, scenario: Scenario)] = []

  package init(_ witness: Witness, seeds: Range<UInt64>) {
    self.witness = witness
    self.seeds = seeds
  }

  /// What became of the next seed, nil after the last.
  package mutating func next() throws -> (UInt64, Scenario, Verdict)? {
    while asked.count < 4, let seed = seeds.popFirst() {
      let scenario = Generator.scenario(seed: seed, minor: witness.minor)
      try witness.ask(scenario)
      asked.append((seed, scenario))
    }
    guard !asked.isEmpty else { return nil }
    let (seed, scenario) = asked.removeFirst()
    let answer = witness.account(callbacks: Set(scenario.callbacks.keys))
    return (seed, scenario, try scenario.verdict(answer, as: witness.profile))
  }
}
