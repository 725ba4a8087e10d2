import ArgumentParser
import Loop
import Python
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
  @Option(help: "The interpreter to compare with; may be given several times.")
  var python: [String] = []
  @Option(help: "Go on until so many seeds have differed.") var failures = 1
  @Flag(help: "Show what differs as it is.") var noShrinking = false

  func run() throws {
    let bounds = seeds.split(separator: ".").map { $0.drop { $0 == "<" } }
    guard bounds.count == 2, let first = UInt64(bounds[0]), let end = UInt64(bounds[1]),
      first < end
    else { throw ValidationError("--seeds wants a range such as 0..<1000.") }
    var count = 0
    for name in python.isEmpty ? [nil] : python.map(Optional.some) {
      let witness = try Witness(Interpreter.find(named: name))
      count += try fuzz(first..<end, witness)
    }
    if count > 0 { throw ExitCode.failure }
  }

  /// - Returns: how many seeds differ.
  private func fuzz(_ seeds: Range<UInt64>, _ witness: Witness) throws -> Int {
    let profile = Profile.python3(witness.minor)
    var campaign = Campaign(witness, seeds: seeds)
    var found: Set<String> = []
    var count = 0
    while let (seed, scenario, verdict) = try campaign.next() {
      if (seed + 1).isMultiple(of: 1000) {
        print("\(profile): \(seed + 1 - seeds.lowerBound) seeds, \(count) differ")
        fflush(nil)
      }
      guard verdict != .same else { continue }
      count += 1
      var shrinker = Shrinker(try Witness(witness.interpreter))
      let shrunk = noShrinking ? scenario : shrinker.shrink(scenario)
      guard found.insert(shrunk.json).inserted else { continue }
      print("seed \(seed) differs from CPython \(profile):\n\(shrunk.json)")
      switch try Witness(witness.interpreter).check(shrunk) {
      case .differs(let difference): print(difference)
      case .noAnswer: print("CPython gave no recording.")
      case .same: print("(only sometimes)")
      }
      fflush(nil)
      if count >= failures { break }
    }
    print("\(profile): \(seeds.count) seeds asked for, \(count) differ")
    return count
  }
}
