import Testing
import TmuxSupport

/// Starts the fixture in a terminal and waits for its first picture.
func startFixture(
  _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
  environment: [String: String?] = [:]
) async throws -> Tmux {
  let tmux = try launchFixture(
    arguments, columns: columns, rows: rows, environment: environment)
  try await tmux.wait(for: arguments.contains("picture") ? "KEYS" : "LAST")
  return tmux
}

func launchFixture(
  _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
  environment: [String: String?] = [:], redirection: String = ""
) throws -> Tmux {
  try Tmux(
    running: [builtProduct("TerminalFixture")] + arguments, columns: columns, rows: rows,
    environment: environment, redirection: redirection)
}

/// Checks that nothing of the program is left in the terminal after its end.
func expectRestored(_ tmux: Tmux, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let state = tmux.format(
    "alternate=#{alternate_on} cursor=#{cursor_flag} mouse=#{mouse_any_flag} "
      + "sgr=#{mouse_sgr_flag} keypad=#{keypad_flag} keys=#{keypad_cursor_flag}")
  #expect(
    state == "alternate=0 cursor=1 mouse=0 sgr=0 keypad=0 keys=0", sourceLocation: sourceLocation)
  let screen = try tmux.screen()
  #expect(screen.contains("MODES=same."), sourceLocation: sourceLocation)
  #expect(!screen.contains("LAST"), "the picture is left", sourceLocation: sourceLocation)
}
