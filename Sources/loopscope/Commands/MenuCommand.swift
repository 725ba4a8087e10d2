import ArgumentParser
import Terminal

/// `loopscope` alone: the menu of the demos.
struct MenuCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "menu", abstract: "Pick a demo from a menu, then watch it. (default)")

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
