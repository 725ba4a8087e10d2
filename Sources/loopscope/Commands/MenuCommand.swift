import ArgumentParser
import Demos

/// `loopscope` alone: the menu of the demos.
struct MenuCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "menu", abstract: "Pick a demo from a menu, then watch it.")

  /// The menu is what runs where no command is named, and so meets every misspelt one.
  @Argument(help: .hidden)
  var unknown: [String] = []

  func validate() throws {
    guard let name = unknown.first else { return }
    let hint = meant(by: name).map { " Did you mean `loopscope \($0)`?" } ?? ""
    throw ValidationError(
      "There is no command '\(name)'.\(hint) `loopscope --help` names them all.")
  }

  /// What to type instead: the command that takes such a thing, or a command's right name.
  private func meant(by name: String) -> String? {
    if Demo.named(name) != nil { return "demo \(name)" }
    if name.hasSuffix(".py") { return "python \(name)" }
    if name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz") { return "play \(name)" }
    let commands = Loopscope.configuration.subcommands.compactMap { $0.configuration.commandName }
    return nearest(to: name, in: commands)
      ?? nearest(to: name, in: Demo.all.map(\.name)).map { "demo \($0)" }
  }

  func run() throws {
    let terminal = try openTerminal()
    try Session(terminal: terminal).runMenu()
  }
}
