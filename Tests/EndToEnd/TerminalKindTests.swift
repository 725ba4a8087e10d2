import Testing
import TmuxSupport

@Suite(.whereTmuxIs, .inTerminals)
struct TerminalKindTests {
  @Test(
    arguments: [
      ("dumb", "TERM is 'dumb', which cannot position the cursor"), (nil, "TERM is not set"),
      ("no-such-terminal", "TERM is 'no-such-terminal', which this system does not describe"),
    ] as [(String?, String)])
  func `a terminal without a screen is refused in one sentence`(
    type: String?, sentence: String
  ) async throws {
    for arguments in [[], ["demo", "hello"]] {
      let tmux = try launch(arguments, columns: 200, environment: ["TERM": type])
      #expect(try await tmux.exitStatus() == 1)
      try tmux.expectRestored()
      #expect(try tmux.screen().contains { $0.contains(sentence) })
    }
  }

  @Test(arguments: [["LANG": "C"], ["LANG": "POSIX"], ["LANG": "en_US.UTF-8", "LC_ALL": "C"]])
  func `a locale without UTF-8 gets nothing but ASCII`(locale: [String: String]) async throws {
    let tmux = try await open("demo", "order", "--step", environment: locale)
    try tmux.send("...")
    for (key, seen) in [
      ("", "step 3 "), ("?", "space p"), (Keys.pageDown + Keys.pageDown, "never awaited"),
      ("xe", "- events -"), ("i" + Keys.enter, "- inspector -"), ("m,", "step 2 "),
      ("v/m", "search:"),
    ] {
      let screen = try await tmux.type(key, toSee: seen)
      for row in screen { #expect(row.unicodeScalars.allSatisfy { $0.isASCII }, "\(row)") }
    }
    try await tmux.type(Keys.enter + Keys.home, toSee: "step 0 ")
    #expect(try tmux.screen().contains { $0.contains("main()") && $0.contains("ready") })
    try await tmux.quit()
  }

  @Test func `NO_COLOR leaves letters, glyphs and emphasis`() async throws {
    let tmux = try await open("demo", "order", "--step", environment: ["NO_COLOR": "1"])
    try tmux.send("...")
    try await tmux.wait(forStep: 3)
    let styled = try tmux.screen(isStyled: true).joined()
    #expect(styled.contains("\u{1B}[1m") || styled.contains("\u{1B}[7m"))
    // 39 and 49 go back to the terminal's own colours.
    #expect(styled.firstMatch(of: /\[[0-9;]*[349][0-8]/) == nil)
    #expect(styled.contains("◐") && styled.contains("SLEEPING"))
    try await tmux.quit()
  }

  @Test func `a terminal of eight colours gets those`() async throws {
    let tmux = try await open("demo", "order", "--step", environment: ["TERM": "xterm"])
    try tmux.send("...")
    try await tmux.wait(forStep: 3)
    let styled = try tmux.screen(isStyled: true).joined()
    #expect(styled.firstMatch(of: /\[[0-9;]*3[0-7]m/) != nil)
    #expect(!styled.contains("38;5;"))
    try await tmux.quit()
  }
}
