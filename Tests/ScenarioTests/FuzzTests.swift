import Foundation
import Python
import PythonSupport
import Scenario
import Testing
import TmuxSupport

/// Random scenarios on our loop and on every CPython that is found, with fresh seeds.
@Suite(.serialized) struct FuzzTests {
  static let interpreters = Interpreters.installed.filter { (8...15).contains($0.minor) }

  /// Seconds for all of them together.
  static let seconds =
    ProcessInfo.processInfo.environment["LOOPSCOPE_FUZZ_SECONDS"].flatMap(Double.init) ?? 4

  @Test(
    .enabled(if: !interpreters.isEmpty, "no CPython from 3.8 on was found"),
    arguments: interpreters)
  func `our loop does with random scenarios what CPython does`(
    interpreter: Interpreter
  ) async throws {
    let difference = try await aside {
      try Self.difference(
        from: interpreter, within: Self.seconds / Double(Self.interpreters.count))
    }
    if let difference { Issue.record(Comment(rawValue: difference)) }
  }

  /// The first that is found with fresh seeds in so many seconds, with its seed; nil when there is none.
  private static func difference(
    from interpreter: Interpreter, within seconds: Double
  ) throws -> String? {
    let witness = try Witness(interpreter)
    let end = Date(timeIntervalSinceNow: seconds)
    let first = UInt64.random(in: 1 << 32..<1 << 40)
    var campaign = Campaign(witness, seeds: first..<first + 1_000_000)
    while Date() < end, let (seed, scenario, verdict) = try campaign.next() {
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
