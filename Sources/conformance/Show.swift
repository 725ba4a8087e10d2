import ArgumentParser
import Scenario

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows a scenario as the Python program that it is.")

  @Argument(help: "A scenario's file, or the number of a seed.") var file: String
  @Option(help: "The profile that a seed is for.") var profile = Scenario.latest
  @Flag(help: "Show it as JSON.") var json = false

  func run() throws {
    let scenario =
      if let seed = UInt64(file) {
        Generator.scenario(seed: seed, minor: profile)
      } else {
        try Scenario(path: file)
      }
    print(json ? scenario.json : try ScenarioProgram(scenario).standalone(), terminator: "")
  }
}
