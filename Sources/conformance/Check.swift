import ArgumentParser
import Scenario

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs scenarios on our loop and on CPython, and compares what happened.")

  @Argument(help: "Files of scenarios.") var files: [String]
  @OptionGroup var witnesses: Witnesses
  @Flag(help: "Print the account of what happened.") var verbose = false

  func run() throws {
    let scenarios = try files.map { (file: $0, scenario: try Scenario(path: $0)) }
    var hasFailed = false
    for witness in try witnesses.all() {
      for (file, scenario) in scenarios {
        guard scenario.isAbout(witness.profile) else {
          print("\(file): not about \(witness.profile)")
          continue
        }
        if verbose {
          print(try scenario.account(as: witness.profile).lines.joined(separator: "\n"))
        }
        switch try witness.check(scenario) {
        case .same: print("\(file): the same as \(witness.profile)")
        case .outside(let what): print("\(file): \(what), which is not compared")
        case .noAnswer:
          hasFailed = true
          print("\(file): CPython \(witness.profile) gave no recording")
        case .differs(let difference):
          hasFailed = true
          print("\(file): differs from \(witness.profile)\n\(difference)")
        }
      }
    }
    if hasFailed { throw ExitCode.failure }
  }
}
