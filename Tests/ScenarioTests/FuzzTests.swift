import Foundation
import Python
import PythonSupport
import Scenario
import Testing
import TmuxSupport

/// Random scenarios on our loop and on every CPython that is found: the same ones each time, so that
/// who has changed nothing sees nothing fail. `make fuzz` takes fresh ones.
@Suite(.serialized) struct FuzzTests {
  static let interpreters = Interpreters.installed.filter { (8...15).contains($0.minor) }

  /// How many on each.
  static let seeds =
    ProcessInfo.processInfo.environment["LOOPSCOPE_FUZZ_SEEDS"].flatMap(UInt64.init) ?? 40

  @Test(
    .enabled(if: !interpreters.isEmpty, "no CPython from 3.8 on was found"),
    arguments: interpreters)
  func `our loop does with random scenarios what CPython does`(
    interpreter: Interpreter
  ) async throws {
    let difference = try await aside { try Self.difference(from: interpreter) }
    if let difference { Issue.record(Comment(rawValue: difference)) }
  }

  /// The first that is found, with its seed; nil when there is none.
  private static func difference(from interpreter: Interpreter) throws -> String? {
    let witness = try Witness(interpreter)
    var campaign = Campaign(witness, seeds: 0..<seeds)
    while let (seed, scenario, verdict) = try campaign.next() {
      switch verdict {
      case .same, .outside: continue
      case .noAnswer: return "CPython gave no recording of seed \(seed)\n\(scenario.json)"
      case .differs:
        var shrinker = Shrinker(try Witness(witness.interpreter))
        let (shrunk, last) = shrinker.shrink(scenario, verdict)
        return "seed \(seed) as \(witness.profile)\n\(shrunk.json)\n\(last)"
      }
    }
    return nil
  }
}
