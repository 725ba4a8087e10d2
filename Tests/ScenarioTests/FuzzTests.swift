import Foundation
import Loop
import Python
import Scenario
import Testing

/// Random scenarios on our loop and on every CPython that is found, with fresh seeds.
@Suite(.serialized) struct FuzzTests {
  /// One of each version: pyenv's, or one on `PATH`. 3.9 and 3.10 are left to `make fuzz`: what is
  /// known to differ there still (`docs/scenarios.md`) would meet fresh seeds every other time.
  static let interpreters: [Interpreter] = [8, 11, 12, 13].compactMap { minor in
    let environment = ProcessInfo.processInfo.environment
    let root = environment["PYENV_ROOT"] ?? NSHomeDirectory() + "/.pyenv"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root + "/versions")) ?? []
    let named =
      versions.filter { $0.hasPrefix("3.\(minor).") }
      .map { "\(root)/versions/\($0)/bin/python" } + ["python3.\(minor)"]
    return named.lazy.compactMap { try? Interpreter.find(named: $0) }
      .first { $0.version.hasPrefix("3.\(minor).") }
  }

  /// Seconds for all of them together.
  static let seconds =
    ProcessInfo.processInfo.environment["LOOPSCOPE_FUZZ_SECONDS"].flatMap(Double.init) ?? 4

  @Test(
    .enabled(if: !interpreters.isEmpty, "no CPython 3.8, 3.11, 3.12 or 3.13 was found"),
    arguments: interpreters.indices)
  func `our loop does with random scenarios what CPython does`(index: Int) throws {
    let witness = try Witness(Self.interpreters[index])
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
