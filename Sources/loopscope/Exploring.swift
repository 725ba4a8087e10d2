import Insight
import Python
import Trace

/// Runs a Python program again and again, each time with another seed.
struct Exploring {
  let program: PythonProgram
  let seeds: [UInt64]
  /// Seconds of real time that a run may take.
  let timeLimit: Int
  /// How many events it may have, roughly.
  let eventLimit: Int
  /// How many run at once.
  let jobs: Int

  /// Tries all seeds.
  ///
  /// - Parameters:
  ///   - isInterrupted: whether to leave it at what is known by now.
  ///   - report: is given what is known after each run.
  func run(
    until isInterrupted: @escaping @Sendable () -> Bool, _ report: (Exploration) -> Void
  ) throws -> Exploration {
    var exploration = Exploration()
    try sideBySide(seeds.count, jobs: jobs) { number, isToLeave in
      let seed = seeds[number]
      return try run(seed: seed, until: { isToLeave() || isInterrupted() })
        .map { (seed: seed, run: $0.0, outcome: $0.1) }
    } take: {
      exploration.add($0.run, outcome: $0.outcome, seed: $0.seed)
      report(exploration)
    }
    return exploration
  }

  /// Finds with how few chances of its first seed the runs of a group still fail, by halving. One
  /// run at a time, so that no other has a part in it.
  ///
  /// - Returns: nil where it was interrupted.
  func narrow(_ group: Exploration.Group, until isInterrupted: () -> Bool) throws -> Narrowed? {
    func run(_ chances: Int?) throws -> (run: ComparedRun, outcome: RunOutcome)? {
      try self.run(seed: group.firstSeed, chances: chances, until: isInterrupted)
    }
    guard let again = try run(nil), let first = try run(0) else { return nil }
    guard again.outcome.isLike(group.outcome) else { return .somethingElse }
    guard !first.outcome.isLike(group.outcome) else { return Narrowed.none }
    // Where nothing goes well, another way to fail is what it is compared with.
    let goesWell = first.outcome.isGood
    func fails(_ outcome: RunOutcome) -> Bool {
      goesWell ? !outcome.isGood : outcome.isLike(group.outcome)
    }
    var (without, with) = (first.run, again.run)
    var (tooFew, enough) = (0, 1)
    // Doubled until it fails, then halved.
    var isEnough = false
    while !isEnough || enough - tooFew > 1 {
      guard enough <= Self.mostChances else { return .somethingElse }
      let chances = isEnough ? (enough + tooFew) / 2 : enough
      guard let next = try run(chances) else { return nil }
      if fails(next.outcome) {
        (with, enough, isEnough) = (next.run, chances, true)
      } else {
        (without, tooFew) = (next.run, chances)
        if !isEnough { enough = 2 * chances }
      }
    }
    return .chances(enough, without: without, with: with)
  }

  /// So many a run hardly takes.
  private static let mostChances = 1 << 20

  /// - Returns: nil where it was interrupted.
  private func run(
    seed: UInt64, chances: Int? = nil, until isInterrupted: () -> Bool
  ) throws -> (ComparedRun, RunOutcome)? {
    var program = program
    program.seed = seed
    program.chances = chances
    let source: PythonSource
    do {
      source = try PythonSource(program)
    } catch {
      throw Failure("\(error)")
    }
    source.send(input: nil)
    var timeline = Timeline()
    timeline.append(source.run(until: .max, budget: 1))
    var stop: RunOutcome.Stop?
    let begun = ContinuousClock.now
    while !source.hasEnded, stop == nil {
      source.waitForMore(milliseconds: 100)
      let batch = source.collect()
      timeline.append(batch)
      if isInterrupted() {
        _ = source.end()
        return nil
      }
      if timeline.standsStill(at: timeline.events.count) {
        stop = .standstill
      } else if timeline.events.count > eventLimit {
        stop = .limit("\(eventLimit) events")
      } else if begun.duration(to: .now) > .seconds(timeLimit) {
        stop = .limit("\(timeLimit) s")
      }
    }
    let outcome = RunOutcome(
      of: timeline, header: source.header, ending: source.cause ?? "",
      isSuccess: source.hasSucceeded, stop: stop)
    _ = source.end()
    return (ComparedRun(header: source.header, timeline: timeline), outcome)
  }
}
