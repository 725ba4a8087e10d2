import Testing
import TmuxSupport

@Suite(.whereTmuxIs, .inTerminals)
struct LaneTests {
  /// `order` after three steps: six lanes, meow(3) done, meow(1) asleep.
  private func openOrder() async throws -> Tmux {
    let tmux = try await open("demo", "order", "--step")
    try tmux.send("...")
    try await tmux.wait(forStep: 3)
    return tmux
  }

  /// The lanes' names in the order of their rows.
  private func lanes(_ screen: [String]) -> [String] {
    screen[2...11].compactMap { row in
      row.split(separator: " ").first { $0.hasSuffix(")") }.map {
        String($0.drop { "▸└├".contains($0) })
      }
    }
  }

  @Test func `the chosen lane is the one that the inspector shows`() async throws {
    let tmux = try await openOrder()
    try await tmux.type(Keys.enter, toSee: "─ inspector ─")
    for (key, lane) in [
      ("g", "main()"), (Keys.down, "meow(1)"), ("j", "meow(2)"), ("G", "meow(5)"),
      (Keys.up, "meow(4)"), ("k", "meow(3)"),
    ] {
      try tmux.send(key)
      try await tmux.wait(for: "\(lane) chosen") { screen in
        screen.contains { $0.hasPrefix("▸") && $0.contains(lane) }
          && screen.contains { $0.contains("│ \(lane) ") }
      }
    }
    try tmux.send(Keys.escape)
    // Back to the lane that runs.
    try await tmux.wait(for: "│ meow(1) ")
    try await tmux.quit()
  }

  @Test func `a filter leaves the lanes with a text, until it is cleared`() async throws {
    let tmux = try await openOrder()
    let all = try tmux.screen()
    try await tmux.type("f", toSee: "lanes with:")
    // It works while it is typed.
    #expect(lanes(try await tmux.type("MEOW(", toSee: "lanes 5 with 'MEOW('")).count == 5)
    let one = try await tmux.type("4)" + Keys.enter, toSee: "lanes 1 with 'MEOW(4)'")
    #expect(lanes(one) == ["meow(4)"])
    try tmux.send("c")
    #expect(try await tmux.wait(for: "lanes 6 ") == all)
    try await tmux.type("fxyz", toSee: "No lane has 'xyz'")
    try tmux.send(Keys.escape)
    #expect(try await tmux.wait(for: "lanes 6 ") == all)
    try await tmux.quit()
  }

  @Test func `lanes are sorted by each column and back`() async throws {
    let tmux = try await openOrder()
    let tree = try tmux.screen()
    #expect(lanes(tree) == ["main()", "meow(1)", "meow(2)", "meow(3)", "meow(4)", "meow(5)"])
    try await tmux.type("s", toSee: "lanes 6 by name")
    let byState = try await tmux.type("s", toSee: "lanes 6 by state")
    #expect(lanes(byState) == ["main()", "meow(1)", "meow(2)", "meow(4)", "meow(5)", "meow(3)"])
    try await tmux.type("s", toSee: "lanes 6 by busy")
    try await tmux.type("S", toSee: "lanes 6 by state")
    try await tmux.type("ss", toSee: "Lanes below who created them.")
    #expect(try tmux.screen().dropLast() == tree.dropLast())
    try await tmux.quit()
  }

  @Test func `the axis is zoomed, changed, and shows what comes after`() async throws {
    let tmux = try await openOrder()
    let plain = try tmux.screen()
    try tmux.send("Z")
    let coarse = try await tmux.wait(for: "a shorter bar") { $0[2] != plain[2] }
    #expect(coarse[2].count < plain[2].count)
    try tmux.send("z")
    try await tmux.wait(for: "the bar as it was") { $0 == plain }
    try await tmux.type("x", toSee: "A column is a slice of time.")
    try await tmux.type("x", toSee: "A column is an event.")
    try await tmux.type("x", toSee: "A column is an event or a slice of time.")
    try tmux.send(",")
    let behind = try await tmux.wait(forStep: 2)
    try tmux.send("v")
    let ahead = try await tmux.wait(for: "longer bars") { $0[3].count > behind[3].count }
    #expect(ahead[0] == behind[0])
    try tmux.send("v")
    try await tmux.wait(for: "no more ahead") { $0.dropLast() == behind.dropLast() }
    try await tmux.wait(forMessage: "What comes after the cursor is not shown.")
    try await tmux.quit()
  }

  @Test func `a click chooses a lane, a click on its bar goes there`() async throws {
    let tmux = try await openOrder()
    let screen = try tmux.screen()
    let row = try #require(screen.firstIndex { $0.contains("├ meow(4)") })
    try await tmux.type(Keys.click(column: 4, row: row), toSee: "▸├ meow(4)")
    #expect(try tmux.screen()[0] == screen[0])
    // The bars begin where the axis does, with a column an event while no time passes.
    let bar = try #require(screen[1].firstRange(of: "╷0s")).lowerBound
    let left = screen[1].distance(from: screen[1].startIndex, to: bar)
    try await tmux.type(Keys.click(column: left + 9, row: row), toSee: "event 10")
    try await tmux.type("." + Keys.click(column: left + 2, row: 1), toSee: "event 3")
    // A drag goes along, and the bars do not slide away under it.
    try await tmux.type("␛[<0;\(left + 5);2M␛[<32;\(left + 8);2M", toSee: "event 8")
    try await tmux.type("␛[<32;\(left + 11);2M␛[<0;\(left + 11);2m", toSee: "event 11")
    try await tmux.quit()
  }

  @Test func `the wheel scrolls what is under it`() async throws {
    let tmux = try await open("demo", "storm", "200", "1", "--step")
    try tmux.send("." + Keys.escape)
    try await tmux.wait(for: "lanes 201")
    try await tmux.type("g", toSee: "▸main()")
    try await tmux.type("␛[<65;5;5M", toSee: "drop(11)")
    #expect(!(try tmux.screen()).contains { $0.contains("main()  ") && $0.hasPrefix("▸") })
    try await tmux.type("␛[<64;5;5M", toSee: "▸main()")
    try await tmux.type("G", toSee: "▸└ drop(199)")
    try await tmux.quit()
  }
}
