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

  /// Goes on until all seeds were tried, or a signal comes that ends programs.
  ///
  /// - Parameter report: is given what is known after each run.
  func run(_ report: (Exploration) -> Void) throws -> Exploration {
    let ending = EndingSignals()
    var exploration = Exploration()
    for seed in seeds {
      guard let (run, outcome) = try run(seed: seed, until: { ending.haveCome }) else { break }
      exploration.add(run, outcome: outcome, seed: seed)
      report(exploration)
    }
    return exploration
  }

  /// - Returns: nil where it was interrupted.
  private func run(
    seed: UInt64, until isInterrupted: () -> Bool
  ) throws -> (ComparedRun, RunOutcome)? {
    var program = program
    program.seed = seed
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
