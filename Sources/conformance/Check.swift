import ArgumentParser
import Loop
import Python
import Scenario

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs scenarios on our loop and on CPython, and compares what happened.")

  @Argument(help: "Files of scenarios.") var files: [String]
  @Option(help: "The interpreter to compare with; may be given several times.")
  var python: [String] = []
  @Flag(help: "Print the account of what happened.") var verbose = false

  func run() throws {
    var hasFailed = false
    for name in python.isEmpty ? [nil] : python.map(Optional.some) {
      let witness = try Witness(Interpreter.find(named: name))
      for file in files {
        let scenario = try Scenario(path: file)
        let profile = Profile.python3(witness.minor)
        guard scenario.isAbout(profile) else { continue }
        if verbose { print(try scenario.account(as: profile).lines.joined(separator: "\n")) }
        switch try witness.check(scenario) {
        case .same: print("\(file): the same as \(profile)")
        case .outside(let what): print("\(file): \(what), which is not compared")
        case .noAnswer:
          hasFailed = true
          print("\(file): CPython \(profile) gave no recording")
        case .differs(let difference):
          hasFailed = true
          print("\(file): differs from \(profile)\n\(difference)")
        }
      }
    }
    if hasFailed { throw ExitCode.failure }
  }
}
