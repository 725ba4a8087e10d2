import Testing
import TmuxSupport

@Suite(.whereTmuxIs, .inTerminals)
struct PaneTests {
  @Test func `each pane comes and goes by its key`() async throws {
    let tmux = try await open("demo", "order", "--step", columns: 120, rows: 40)
    try tmux.send("...")
    try await tmux.wait(forStep: 3)
    let before = try tmux.screen()
    for (key, title) in [
      ("o", "─ output ─"), ("l", "─ loop ─"), ("t", "─ Order.swift:6 ─"),
      ("e", "─ events ─"), ("i", "─ findings ─"), ("P", "─ path ─"), (Keys.enter, "─ inspector ─"),
    ] {
      let isOpen = before.contains { $0.contains(title) }
      for isShown in [!isOpen, isOpen] {
        try tmux.send(key)
        try await tmux.wait(for: "\(title) \(isShown ? "shown" : "hidden")") { screen in
          screen.contains { $0.contains(title) } == isShown
        }
      }
    }
    #expect(try tmux.screen() == before)
    try await tmux.quit()
  }

  @Test func `Tab goes from pane to pane and the arrows scroll the one chosen`() async throws {
    let tmux = try await open("demo", "order", "--step")
    try tmux.send(".")
    let before = try await tmux.wait(forStep: 1)
    let title = { (name: String) in
      // Reversed is whoever takes the arrows.
      let reversed = try Regex("7m(\u{1B}\\[[0-9;]*m)* \(name) ")
      return try tmux.screen(isStyled: true).joined().contains(reversed)
    }
    #expect(try title("lanes 6"))
    try tmux.send(Keys.tab)
    try await tmux.wait(for: "the loop pane chosen") { _ in try !title("lanes 6") && title("loop") }
    try tmux.send(Keys.tab)
    // In the source pane: some rows down and back.
    let some = 8
    try tmux.send(String(repeating: Keys.down, count: some))
    let scrolled = try await tmux.wait(for: "the source scrolled") { $0[15] != before[15] }
    #expect(scrolled[..<13] == before[..<13])
    try tmux.send(String(repeating: Keys.up, count: some) + Keys.backTab + Keys.backTab)
    try await tmux.wait(for: "the lanes chosen") { screen in
      try title("lanes 6") && screen == before
    }
    try await tmux.quit()
  }

  @Test(arguments: ["?", "h", "␛OP"])
  func `help lies over the screen, scrolls and goes`(key: String) async throws {
    let tmux = try await open("demo", "ensure-future", "--step")
    let before = try tmux.screen()
    let top = try await tmux.type(key, toSee: "┌─ help ─")
    #expect(top.contains { $0.contains("Start it now, come back to it later") })
    #expect(top.contains { $0.contains("space p") })
    try await tmux.type(Keys.pageDown + Keys.pageDown, toSee: "never awaited")
    try await tmux.type(Keys.pageUp + Keys.pageUp, toSee: "Start it now")
    // Keys act on the help alone: this closes it and does not quit.
    try tmux.send("q")
    #expect(try await tmux.wait(without: "┌─ help ─") == before)
    try await tmux.quit()
  }

  @Test func `why says something about the chosen lane`() async throws {
    let tmux = try await open("demo", "order", "--step")
    try tmux.send("..")
    let before = try await tmux.wait(forStep: 2)
    let why = try await tmux.type("w", toSee: "┌─ why ─")
    #expect(why.joined().contains("main()"))
    try tmux.send(Keys.escape)
    #expect(try await tmux.wait(without: "┌─ why ─") == before)
    try await tmux.quit()
  }

  @Test func `a key that means nothing says where the keys are`() async throws {
    let tmux = try await open("demo", "hello", "--step")
    try await tmux.type("y", toSee: "No such key. ? lists them.")
    try await tmux.quit()
  }

  @Test func `what is pasted is no key, and text where text is typed`() async throws {
    let tmux = try await open("demo", "hello", "--step")
    try tmux.send(Keys.paste("q") + Keys.paste("\u{03}...") + ".")
    try await tmux.wait(forStep: 1)
    try await tmux.type("f" + Keys.paste("quick"), toSee: "lanes with: quick")
    try tmux.send(Keys.controlU + Keys.backspace)
    try await tmux.wait(without: "lanes with:")
    try await tmux.quit()
  }

  @Test(arguments: [("/", "search:"), ("f", "lanes with:")])
  func `a paste of any length is taken at once, and its end is shown`(
    key: String, label: String
  ) async throws {
    let tmux = try await open("demo", "hello", "--step")
    try await tmux.type(key, toSee: label)
    // In pieces: so much fits into no command line.
    try tmux.send("␛[200~")
    for _ in 0..<20 { try tmux.send(String(repeating: "long ", count: 1000)) }
    try tmux.send("the end.␛[201~")
    try await tmux.wait(forMessage: "the end.")
    try await tmux.type(Keys.enter, toSee: key == "/" ? "'long long" : "lanes 0")
    try await tmux.quit()
  }
}
