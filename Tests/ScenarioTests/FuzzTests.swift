import Foundation
import Python
import PythonSupport
import Scenario
import Testing

/// Random scenarios on our loop and on every CPython that is found, with fresh seeds.
@Suite(.serialized) struct FuzzTests {
  static let interpreters = Interpreters.installed.filter { (8...13).contains($0.minor) }

  /// Seconds for all of them together.
  static let seconds =
    ProcessInfo.processInfo.environment["LOOPSCOPE_FUZZ_SECONDS"].flatMap(Double.init) ?? 4

  @Test(
    .enabled(if: !interpreters.isEmpty, "no CPython from 3.8 to 3.13 was found"),
    arguments: interpreters)
  func `our loop does with random scenarios what CPython does`(interpreter: Interpreter) throws {
    let witness = try Witness(interpreter)
    let end = Date(timeIntervalSinceNow: Self.seconds / Double(Self.interpreters.count))
    let first = UInt64.random(in: 1 << 32..<1 << 40)
    var campaign = Campaign(witness, seeds: first..<first + 1_000_000)
    while Date() < end, let (seed, scenario, verdict) = try campaign.next() {
      switch verdict {
      case .same, .outside: continue
      case .noAnswer: Issue.record("CPython gave no recording of seed \(seed)\n\(scenario.json)")
      case .differs:
        var shrinker = Shrinker(try Witness(witness.interpreter))
        let (shrunk, last) = shrinker.shrink(scenario, verdict)
        Issue.record("seed \(seed) as \(witness.profile)\n\(shrunk.json)\n\(last)")
      }
      return
    }
  }
}
