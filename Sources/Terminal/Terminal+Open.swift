import CNcurses
import CTerminal
import TUI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Terminal {
  /// Takes the terminal at standard input and output.
  ///
  /// - Throws: a ``TerminalError`` when there can be no screen; nothing has been changed then.
  package static func open(_ options: Options = Options()) throws(TerminalError) -> Terminal {
    guard isatty(STDIN_FILENO) == 1 else { throw .inputIsNoTerminal }
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
    let type = try TerminalType.choose()
    let characters = CharacterSet.choose()

    let leave = Modes.off + type.leave
    guard terminal_save(STDIN_FILENO, STDOUT_FILENO, leave, leave.utf8.count) == 0 else {
      throw .refused(what: "read the terminal's modes", errno: errno)
    }
    guard terminal_open_wake_pipe() == 0 else { throw .refused(what: "make a pipe", errno: errno) }
    // Before newterm(), which would install its own.
    guard terminal_catch_signals() == 0 else {
      throw .refused(what: "watch for signals", errno: errno)
    }
    terminal_enter()
    guard let screen = cn_newterm(type.name) else {
      terminal_restore()
      throw .typeIsUnknown(type.name)
    }
    let depth = startCurses(wantsColour: options.usesColour)
    let terminal = Terminal(
      size: currentSize()
        ?? Size(columns: Int(getmaxx(cn_stdscr())), rows: Int(getmaxy(cn_stdscr()))),
      options: options, screen: screen,
      painter: Painter(depth: depth, characters: characters))
    terminal.fitCurses()
    terminal.switchModesOn()
    return terminal
  }

  /// Sets the modes: every byte comes as it is, nothing is echoed, no cursor.
  private static func startCurses(wantsColour: Bool) -> ColourDepth {
    raw()
    noecho()
    nonl()
    curs_set(0)
    leaveok(cn_stdscr(), true)
    intrflush(cn_stdscr(), false)
    // Output never waits for input that ncurses does not read.
    typeahead(-1)
    let isWanted = wantsColour && environment("NO_COLOR") == nil
    guard isWanted, has_colors(), start_color() == OK else { return .none }
    use_default_colors()
    return ColourDepth(colours: Int(cn_colors()), isWanted: true)
  }

  /// The size that the system knows; nil when it knows none, as on a serial line.
  static func currentSize() -> Size? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard terminal_size(STDOUT_FILENO, &columns, &rows) == 0 else { return nil }
    return Size(columns: Int(columns), rows: Int(rows))
  }

  /// Makes ncurses' window as large as the screen.
  func fitCurses() {
    let window = cn_stdscr()
    if getmaxx(window) != Int32(size.columns) || getmaxy(window) != Int32(size.rows) {
      resizeterm(Int32(size.rows), Int32(size.columns))
    }
    painter.forget()
  }

  /// Turns the mouse and the rest on, and asks whether updates can be held back.
  ///
  /// A terminal that does not know the question may print a part of it: so an empty picture comes
  /// before, and the next one clears the screen.
  func switchModesOn() {
    update()
    writeToTerminal(Modes.on(mouse: options.usesMouse) + Modes.synchronizedUpdatesQuestion)
    clearok(cn_curscr(), true)
  }
}
