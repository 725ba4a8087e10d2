import CNcurses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The kind of terminal: a description of terminfo that can show a screen.
struct TerminalType: Equatable {
  /// The name that ncurses is given.
  let name: String
  /// What leaves the screen and puts everything back that ncurses changes.
  let leave: String

  /// Finds the description that `TERM` names. Unlike `initscr()` this never ends the process.
  static func choose() throws(TerminalError) -> TerminalType {
    guard let wanted = environment("TERM") else { throw .typeIsNotSet }
    guard let name = ([wanted] + substitutes(for: wanted)).first(where: isDescribed) else {
      throw .typeIsUnknown(wanted)
    }
    guard capability("cup") != nil else { throw .cannotPositionCursor(type: wanted) }
    // Without a second screen to leave, the picture is wiped away.
    let leave = ["rmacs", "sgr0", "op", "cnorm", "rmkx"].compactMap(capability).joined()
    return TerminalType(
      name: name, leave: leave + (capability("rmcup") ?? capability("clear") ?? ""))
  }

  /// Well-known terminals whose descriptions are often not installed, and what they understand.
  static func substitutes(for name: String) -> [String] {
    if name.hasPrefix("tmux") || name.hasPrefix("screen") {
      return ["screen-256color", "screen", "xterm-256color"]
    }
    let modern = [
      "xterm", "alacritty", "kitty", "foot", "wezterm", "ghostty", "contour", "rio", "konsole",
      "vte", "gnome", "iterm", "rxvt", "st-", "mlterm", "mintty",
    ]
    return modern.contains { name.lowercased().hasPrefix($0) } ? ["xterm-256color", "xterm"] : []
  }

  private static func isDescribed(_ name: String) -> Bool {
    // With somewhere to put the error it returns instead of ending the process.
    var error: Int32 = 0
    return setupterm(name, STDOUT_FILENO, &error) == OK
  }

  /// A string of the description without its delays (`$<5>`), which no terminal of today needs.
  private static func capability(_ name: String) -> String? {
    var name = Array(name.utf8CString)
    guard let value = tigetstr(&name), Int(bitPattern: value) != -1 else { return nil }
    return withoutDelays(String(cString: value))
  }

  static func withoutDelays(_ text: String) -> String {
    var kept = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "$<"),
      let end = rest[start.upperBound...].firstIndex(of: ">")
    {
      kept += rest[..<start.lowerBound]
      rest = rest[rest.index(after: end)...]
    }
    return kept + rest
  }
}
