import ArgumentParser
import Scenario

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares our loop and CPython on random scenarios, and shrinks what differs.")

  @Option(help: "The seeds, as A..<B.") var seeds = "0..<1000"
  @OptionGroup var witnesses: Witnesses
  @Option(help: "Go on with an interpreter until so many seeds have differed.") var failures = 1
  @Flag(help: "Show what differs as it is.") var noShrinking = false

  func run() throws {
    let bounds = seeds.split(separator: ".").map { $0.drop { $0 == "<" } }
    guard bounds.count == 2, let first = UInt64(bounds[0]), let end = UInt64(bounds[1]),
      first < end
    else { throw ValidationError("--seeds wants a range such as 0..<1000.") }
    var count = 0
    for witness in try witnesses.all() { count += try fuzz(first..<end, witness) }
    if count > 0 { throw ExitCode.failure }
  }

  /// - Returns: how many seeds differ.
  private func fuzz(_ seeds: Range<UInt64>, _ witness: Witness) throws -> Int {
    let profile = witness.profile
    let shrinking = try Witness(witness.interpreter)
    var campaign = Campaign(witness, seeds: seeds)
    var found: Set<String> = []
    var count = 0
    var outside = 0
    var tried = 0
    while let (seed, scenario, verdict) = try campaign.next() {
      tried += 1
      if tried.isMultiple(of: 1000) {
        print("\(profile): \(tried) seeds, \(count) differ")
        fflush(nil)
      }
      if case .outside = verdict {
        outside += 1
        continue
      }
      guard verdict != .same else { continue }
      count += 1
      var shrinker = Shrinker(shrinking)
      let (shrunk, last) =
        noShrinking ? (scenario, verdict) : shrinker.shrink(scenario, verdict)
      guard found.insert(shrunk.json).inserted else { continue }
      print("seed \(seed) differs from CPython \(profile):\n\(shrunk.json)")
      if case .differs(let difference) = last {
        print(difference)
      } else {
        print("CPython gave no recording.")
      }
      fflush(nil)
      if count >= failures { break }
    }
    print("\(profile): \(tried) seeds, \(count) differ, \(outside) not compared")
    return count
  }
}
