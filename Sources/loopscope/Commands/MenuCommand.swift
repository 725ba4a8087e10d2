import ArgumentParser
import Demos
import Terminal

/// `loopscope` alone: the menu of the demos.
struct MenuCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "menu", abstract: "Pick a demo from a menu, then watch it.")

  /// The menu is what runs where no command is named, and so meets every misspelt one.
  @Argument(help: .hidden)
  var unknown: [String] = []

  func validate() throws {
    guard let name = unknown.first else { return }
    let hint = Demo.named(name) == nil ? "" : " Did you mean `loopscope demo \(name)`?"
    throw ValidationError(
      "There is no command '\(name)'.\(hint) `loopscope --help` names them all.")
  }

  func run() throws {
    let terminal = try openTerminal()
    try Session(terminal: terminal).runMenu()
  }
}

/// Takes the terminal, or says in one sentence why there can be no screen.
func openTerminal() throws -> Terminal {
  do {
    return try Terminal.open()
  } catch {
    throw Failure("\(error)")
  }
}
