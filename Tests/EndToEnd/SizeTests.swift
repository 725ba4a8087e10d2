import Testing
import TmuxSupport

@Suite(.whereTmuxIs, .inTerminals)
struct SizeTests {
  @Test func `any size is followed and the picture comes back`() async throws {
    let tmux = try await open("demo", "order", "--step")
    try tmux.send("...")
    let before = try await tmux.wait(forStep: 3)
    for (columns, rows) in [
      (1, 1), (20, 5), (2, 1), (60, 12), (1, 50), (300, 2), (400, 100), (80, 24),
    ] {
      try tmux.resize(columns: columns, rows: rows)
      try await tmux.wait(for: "a picture of \(columns)x\(rows)") { screen in
        screen.count == rows
          && (columns < 20 || rows < 5
            || (screen[0].contains("paused") && screen.contains { $0.contains("main()") }))
      }
      // It is alive at every size.
      try tmux.send("," + ".")
    }
    try tmux.resize(columns: 100, rows: 30)
    #expect(try await tmux.wait(for: "the picture as it was") { $0 == before } == before)
    for step in 0..<30 { try tmux.resize(columns: 20 + 3 * step, rows: 5 + step) }
    try tmux.resize(columns: 100, rows: 30)
    #expect(try await tmux.wait(for: "the picture as it was") { $0 == before } == before)
    try await tmux.quit()
  }

  @Test func `60 columns and 12 rows are enough to step and to see`() async throws {
    let tmux = try await open("demo", "order", "--step", columns: 60, rows: 12)
    try tmux.send("...")
    let screen = try await tmux.wait(for: "step 3") { $0[0].contains("step 3") }
    #expect(screen.contains { $0.contains("meow(1)") && $0.contains("◐ SLEEPING") })
    #expect(screen.contains { $0.contains("░") } && screen.contains { $0.contains("starting 1") })
    // The lanes get what the other panes leave.
    let lanes = try await tmux.type("otl", toSee: "meow(5)")
    for lane in 1...5 { #expect(lanes.contains { $0.contains("meow(\(lane))") }) }
    try await tmux.type("?", toSee: "┌─ help ─")
    try await tmux.type("x", toSee: "meow(5)")
    try await tmux.quit()
  }

  @Test(arguments: [(1, 1), (20, 5), (3, 40), (500, 3)])
  func `it starts at any size`(columns: Int, rows: Int) async throws {
    let tmux = try launch(["demo", "order", "--step"], columns: columns, rows: rows)
    try await tmux.wait(for: "the screen") { _ in tmux.format("#{alternate_on}") == "1" }
    try tmux.send(".,+?␛eiG")
    try tmux.resize(columns: 100, rows: 30)
    try await tmux.wait(for: "paused")
    // Not `quit()`: tmux mixes up the rows of what it has saved of a screen of one row.
    try tmux.send("q")
    #expect(try await tmux.exitStatus() == 0)
  }

  @Test func `the menu follows the size too`() async throws {
    let tmux = try await open(until: "q quit")
    let before = try tmux.screen()
    try tmux.resize(columns: 1, rows: 1)
    try tmux.send(Keys.down + Keys.up)
    try tmux.resize(columns: 20, rows: 5)
    try await tmux.wait(for: "▸ hello")
    try tmux.resize(columns: 100, rows: 30)
    #expect(try await tmux.wait(for: "the menu as it was") { $0 == before } == before)
    try await tmux.quit()
  }
}
