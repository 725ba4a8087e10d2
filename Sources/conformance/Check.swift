import ArgumentParser
import Scenario

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs scenarios on our loop and on CPython, and compares what happened.")

  @Argument(help: "Files of a scenario each, or of one a line (.jsonl).") var files: [String]
  @OptionGroup var witnesses: Witnesses
  @Flag(help: "Print the account of what happened.") var verbose = false

  func run() throws {
    let scenarios = try files.flatMap(Self.scenarios)
    var hasFailed = false
    for witness in try witnesses.all() {
      var differing = 0
      var outside = 0
      for (name, scenario) in scenarios {
        guard scenario.isAbout(witness.profile) else {
          outside += 1
          print("\(name): not about \(witness.profile)")
          continue
        }
        if verbose {
          print(try scenario.account(as: witness.profile).lines.joined(separator: "\n"))
        }
        switch try witness.check(scenario) {
        case .same: print("\(name): the same as \(witness.profile)")
        case .outside(let what):
          outside += 1
          print("\(name): \(what), which is not compared")
        case .noAnswer:
          differing += 1
          print("\(name): CPython \(witness.profile) gave no recording")
        case .differs(let difference):
          differing += 1
          print("\(name): differs from \(witness.profile)\n\(difference)")
        }
      }
      if scenarios.count > 1 {
        print(
          "\(witness.profile): \(scenarios.count) scenarios, \(differing) differ, "
            + "\(outside) not compared")
      }
      hasFailed = hasFailed || differing > 0
    }
    if hasFailed { throw ExitCode.failure }
  }

  /// The scenarios of a file, and what each is called.
  private static func scenarios(of file: String) throws -> [(name: String, scenario: Scenario)] {
    guard file.hasSuffix(".jsonl") else { return [(file, try Scenario(path: file))] }
    return try Scenario.all(inFile: file).map { ("\(file): \($0.name)", $0) }
  }
}
