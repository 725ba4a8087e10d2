/// Why there can be no screen here. Each is a sentence that says what to do.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  case inputIsNoTerminal
  case outputIsNoTerminal
  case typeIsNotSet
  case typeIsUnknown(String)
  case cannotPositionCursor(type: String)
  /// The system refused what every terminal allows.
  case refused(what: String, errno: Int32)

  package var description: String {
    switch self {
    case .inputIsNoTerminal:
      "standard input is not a terminal, so no keys can be read: run this in a terminal, "
        + "without '<' and not behind a pipe."
    case .outputIsNoTerminal:
      "standard output is not a terminal, so there is no screen to draw on: run this in a "
        + "terminal, without '>' and '|'."
    case .typeIsNotSet:
      "TERM is not set, so the kind of terminal is not known: set it, for example with "
        + "'export TERM=xterm-256color'."
    case .typeIsUnknown(let type):
      "TERM is '\(type)', which this system does not describe: install its description "
        + "(ncurses-term has most) or try 'export TERM=xterm-256color'."
    case .cannotPositionCursor(let type):
      "TERM is '\(type)', which cannot position the cursor: use a full terminal, or if this is "
        + "one, try 'export TERM=xterm-256color'."
    case .refused(let what, let errno):
      "cannot \(what): \(errorText(errno))."
    }
  }
}
