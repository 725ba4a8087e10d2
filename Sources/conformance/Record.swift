import ArgumentParser
import Python
import Scenario
import Trace

struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what CPython does with scenarios and programs, for tests without CPython.")

  @Option(help: "The interpreter to ask.") var python: String?
  @Option(help: "A file of scenarios, one a line.") var corpus: String
  @Option(
    parsing: .upToNextOption, help: "Programs, for the loop's decisions in them.")
  var programs: [String] = []

  func run() throws {
    let witness = try Witness(Interpreter.find(named: python))
    for scenario in try Scenario.all(inFile: corpus) where scenario.isAbout(witness.profile) {
      do {
        _ = try scenario.account(as: witness.profile)
      } catch let error as OutsideScope {
        throw ScenarioError("\(scenario.name) \(error.what), which is not compared.")
      }
      try witness.ask(scenario)
      guard let account = witness.account(callbacks: Set(scenario.callbacks.keys)) else {
        throw ScenarioError("CPython gave no recording of \(scenario.name).")
      }
      print(Golden(name: scenario.name, lines: account.lines).text, terminator: "")
    }
    for path in programs {
      let name = String(path.split(separator: "/").last ?? "")
      guard
        let account = witness.account(
          ofProgram: try textLines(ofFile: path).joined(separator: "\n"))
      else {
        throw ScenarioError("CPython gave no recording of \(name).")
      }
      let lines = Array(account.lines.prefix(Golden.longest))
      print(Golden(name: name, lines: lines).text, terminator: "")
    }
  }
}
