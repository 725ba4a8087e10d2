import Testing
import TmuxSupport

@Suite(.enabled(if: Tmux.isAvailable, "tmux is not installed"))
struct StartTests {
  @Test(
    arguments: [
      ("dumb", "TERM is 'dumb', which cannot position the cursor"),
      (nil, "TERM is not set"), ("", "TERM is not set"),
      ("nosuchterm", "TERM is 'nosuchterm', which this system does not describe"),
      ("unknown", "TERM is 'unknown', which"),
      ("../../etc/passwd", "TERM is '../../etc/passwd', which"),
    ] as [(String?, String)])
  func `a terminal without a screen is refused in a sentence`(
    type: String?, sentence: String
  ) async throws {
    let tmux = try launchFixture(columns: 200, environment: ["TERM": type])
    #expect(try await tmux.exitStatus() == 2)
    try expectRestored(tmux)
    let screen = try tmux.screen()
    #expect(screen.contains { $0.contains(sentence) && $0.hasSuffix("xterm-256color'.") })
  }

  @Test(
    arguments: [
      ("</dev/null", "standard input is not a terminal"),
      ("| cat", "standard output is not a terminal"),
    ])
  func `what is not a terminal is refused in a sentence`(
    redirection: String, sentence: String
  ) async throws {
    let tmux = try launchFixture(columns: 200, redirection: redirection)
    _ = try await tmux.exitStatus()
    try expectRestored(tmux)
    #expect(try tmux.screen().contains { $0.hasPrefix(sentence) })
  }

  @Test(
    arguments: [
      "xterm", "xterm-256color", "linux", "vt100", "screen", "ansi", "xterm-kitty", "alacritty",
      "tmux-direct-nosuch",
    ])
  func `terminals with a screen are used though their description may be missing`(
    type: String
  ) async throws {
    let tmux = try await startFixture(environment: ["TERM": type])
    #expect(try tmux.screen().starts(with: ["SIZE 80x24", "RUNNING ● 日本 é", "TOLD 0"]))
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 0)
    try expectRestored(tmux)
  }

  @Test(
    arguments: [
      (["LANG": "C"], "RUNNING * ? ?  e"), (["LANG": "POSIX"], "RUNNING * ? ?  e"),
      (["LANG": nil], "RUNNING * ? ?  e"), (["LANG": "C", "LC_ALL": "C.UTF-8"], "RUNNING ● 日本 é"),
      (["LANG": "C.UTF-8", "LC_ALL": "C"], "RUNNING * ? ?  e"),
      // Not installed in a stock container.
      (["LANG": "xx_XX.UTF-8"], "RUNNING ● 日本 é"), (["LANG": "xx_XX.utf8"], "RUNNING ● 日本 é"),
      (["LANG": "xx_XX.ISO-8859-1"], "RUNNING * ? ?  e"),
    ] as [([String: String?], String)])
  func `a locale without UTF-8 gets stand-ins of the same width`(
    locale: [String: String?], row: String
  ) async throws {
    let tmux = try await startFixture(environment: locale)
    #expect(try tmux.screen()[1] == row)
  }

  @Test(
    arguments: [
      ([:], [], "38;5;34"), (["NO_COLOR": ""], [], "38;5;34"), (["NO_COLOR": "1"], [], nil),
      ([:], ["colourless"], nil), (["TERM": "xterm"], [], "[32m"), (["TERM": "vt100"], [], nil),
    ] as [([String: String?], [String], String?)])
  func `colours are those that the terminal has and the user wants`(
    environment: [String: String?], arguments: [String], green: String?
  ) async throws {
    let tmux = try await startFixture(arguments, environment: environment)
    let screen = try tmux.screen(isStyled: true)
    let row = try #require(screen.first { $0.contains("RUNNING") })
    #expect(screen[0].contains("\u{1B}[1m"))
    if let green {
      #expect(row.contains(green))
    } else {
      // 39 and 49 go back to the terminal's own colours.
      #expect(screen.joined().firstMatch(of: /\[[0-9;]*[349][0-8]/) == nil)
    }
  }

  @Test func `without the mouse the terminal's own selection is left alone`() async throws {
    let tmux = try await startFixture(["mouseless"])
    #expect(tmux.format("#{mouse_any_flag}") == "0")
  }
}
