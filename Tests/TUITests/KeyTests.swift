import Demos
import TUI
import Testing
import Trace

/// What each key of the table does.
struct KeyTests {
  private func screen(_ name: String = "order", columns: Int = 100, rows: Int = 30) throws
    -> DemoScreen
  {
    DemoScreen(try #require(Demo.named(name)), columns: columns, rows: rows)
  }

  private func ended(_ name: String = "order") throws -> DemoScreen {
    let screen = try screen(name)
    screen.press(Key(" "))
    for _ in 0..<1000 where !screen.hasEnded { screen.pass(seconds: 0.1) }
    screen.pass(seconds: 0.1)
    return screen
  }

  @Test(arguments: [Key(" "), Key("p")])
  func `space and p play and pause`(key: Key) throws {
    let screen = try screen()
    screen.press(key)
    #expect(screen.model.player.isPlaying)
    screen.pass(seconds: 0.5)
    #expect(screen.model.player.time == 500_000_000)
    screen.press(key)
    #expect(!screen.model.player.isPlaying)
    screen.pass(seconds: 0.5)
    #expect(screen.model.player.time == 500_000_000)
  }

  @Test
  func `playing takes as long as the program says`() throws {
    let screen = try screen()
    screen.press(Key(" "))
    screen.pass(seconds: 4.9)
    for _ in 0..<20 { screen.pass(seconds: 0) }
    #expect(!screen.hasEnded)
    screen.pass(seconds: 0.2)
    #expect(screen.hasEnded)
    screen.pass(seconds: 0.1)
    #expect(!screen.model.player.isPlaying, "it stops at the end")
    #expect(screen.model.player.time == 5_000_000_000)
  }

  @Test(arguments: [(Key("."), Key(",")), (Key(.right), Key(.left))])
  func `a step forward and a step back`(forward: Key, back: Key) throws {
    let screen = try screen()
    let start = screen.model.cursor
    screen.press(forward, forward, forward)
    #expect(screen.model.timeline.steps(at: screen.model.cursor) == 3)
    screen.press(back)
    #expect(screen.model.timeline.steps(at: screen.model.cursor) == 2)
    screen.press(back, back, back, back)
    #expect(screen.model.cursor == start)
  }

  @Test
  func `an event forward and back`() throws {
    let screen = try screen()
    let start = screen.model.cursor
    screen.type(">>>")
    #expect(screen.model.cursor == start + 3)
    screen.type("<")
    #expect(screen.model.cursor == start + 2)
  }

  @Test
  func `speed doubles, halves and goes back to 1`() throws {
    let screen = try screen()
    screen.type("++")
    #expect(screen.model.player.speed == 4)
    screen.type("-")
    #expect(screen.model.player.speed == 2)
    screen.type("=")
    #expect(screen.model.player.speed == 1)
    screen.type("--")
    #expect(screen.frame.lines[0].contains("1/4×"))
  }

  @Test(
    arguments: [(.real, true, true), (.real, false, false), (.virtual, true, false)]
      as [(RunHeader.Clock, Bool, Bool)])
  func `that a real loop has its own speed is said when the speed is changed`(
    clock: RunHeader.Clock, isLive: Bool, isSaid: Bool
  ) {
    let header = RunHeader(program: ["app.py"], clock: clock, runtime: "test")
    var model = Model(size: Size(columns: 80, rows: 20), header: header, isLive: isLive)
    _ = model.update(.key(Key("+")))
    #expect((model.message?.hasPrefix("A real loop has its own speed") == true) == isSaid)
    #expect(model.player.speed == 2)
  }

  @Test
  func `digits, Home, End and the page keys go to parts of the run`() throws {
    let screen = try ended()
    let events = screen.model.timeline.events.count
    screen.type("5")
    #expect(abs(screen.model.cursor - events / 2) <= events / 10)
    let middle = screen.model.cursor
    screen.press(Key(.pageDown))
    #expect(screen.model.cursor > middle)
    screen.press(Key(.home))
    #expect(screen.model.timeline.steps(at: screen.model.cursor) == 0)
    screen.press(Key(.end))
    #expect(screen.model.cursor == events)
    screen.press(Key(.pageUp))
    #expect(screen.model.cursor < events)
    screen.type("0")
    #expect(screen.model.timeline.steps(at: screen.model.cursor) == 0)
  }

  @Test
  func `markers are set, visited and taken away`() throws {
    let screen = try ended()
    screen.type("3m")
    let first = screen.model.cursor
    screen.type("7m")
    let second = screen.model.cursor
    screen.press(Key(.home))
    screen.type("]")
    #expect(screen.model.cursor == first)
    screen.type("]")
    #expect(screen.model.cursor == second)
    screen.type("[")
    #expect(screen.model.cursor == first)
    screen.type("m")
    #expect(screen.model.markers == [second])
  }

  @Test
  func `a filter works while it is typed, and c clears it`() throws {
    let screen = try ended()
    screen.type("fmeow(3")
    #expect(screen.model.lanes.rows.count == 1)
    screen.press(Key(.escape))
    #expect(screen.model.lanes.rows.count == 6)
    screen.type("fMEOW")
    screen.press(Key(.enter))
    #expect(screen.model.lanes.rows.count == 5)
    screen.type("c")
    #expect(screen.model.lanes.rows.count == 6)
  }

  @Test
  func `lanes are chosen by arrows, letters and Esc follows again`() throws {
    let screen = try ended()
    screen.type("g")
    #expect(screen.model.selected == LaneID(1))
    screen.type("jj")
    #expect(screen.model.selected == LaneID(3))
    screen.press(Key(.up))
    #expect(screen.model.selected == LaneID(2))
    screen.type("G")
    #expect(screen.model.selected == LaneID(6))
    screen.press(Key(.escape))
    #expect(screen.model.chosen == nil)
  }

  @Test
  func `s and S go through the orders`() throws {
    let screen = try ended()
    let orders = LaneList.Order.allCases
    for order in orders.dropFirst() + [orders[0]] {
      screen.type("s")
      #expect(screen.model.order == order)
    }
    screen.type("S")
    #expect(screen.model.order == orders.last)
  }

  @Test(arguments: [
    ("o", Pane.output), ("e", .events), ("l", .loop), ("t", .source), ("i", .findings),
  ])
  func `a letter opens and closes a pane`(key: String, pane: Pane) throws {
    let screen = try screen()
    let wasOpen = screen.model.panes.contains(pane)
    screen.type(key)
    #expect(screen.model.panes.contains(pane) == !wasOpen)
    screen.type(key)
    #expect(screen.model.panes.contains(pane) == wasOpen)
  }

  @Test
  func `keys that leave the model ask the world`() throws {
    let screen = try screen()
    screen.type("r")
    screen.press(Key("z", .control), Key(.backspace))
    screen.type("q")
    screen.press(Key("c", .control))
    #expect(screen.asked == [.restart, .suspend, .menu, .quit, .interrupt])
  }

  @Test
  func `R asks for a name and writes`() throws {
    let screen = try screen()
    screen.type("R")
    screen.press(Key("u", .control))
    screen.type("my run.jsonl")
    screen.press(Key(.enter))
    #expect(screen.asked == [.write(path: "my run.jsonl")])
  }

  @Test
  func `a paste is text where text is typed and nothing elsewhere`() throws {
    let screen = try screen()
    screen.update(.paste("qqq"))
    #expect(screen.asked.isEmpty)
    screen.type("f")
    screen.update(.paste("meow\n(2)"))
    #expect(screen.model.filter == "meow(2)")
  }

  @Test
  func `windows open over the screen and any key closes them`() throws {
    let screen = try screen()
    for key in ["?", "h", "w"] {
      screen.type(key)
      #expect(screen.model.overlay != nil)
      screen.press(Key(.escape))
      #expect(screen.model.overlay == nil)
    }
  }

  @Test
  func `a pane for which the screen is too small says so`() throws {
    let screen = try screen(columns: 40, rows: 10)
    let panes: [(Key, String)] = [
      (Key(.enter), "inspector"), (Key("P"), "path"), (Key("e"), "events"),
    ]
    for (key, pane) in panes {
      screen.press(key)
      #expect(
        screen.frame.lines.last?.hasPrefix(" No room for the \(pane) pane.") == true)
    }
    screen.update(.resize(Size(columns: 100, rows: 30)))
    for (_, pane) in panes {
      #expect(screen.frame.lines.contains { $0.contains("─ \(pane) ─") })
    }
  }

  @Test
  func `an unknown key says where the keys are`() throws {
    let screen = try screen()
    screen.type("Q")
    #expect(screen.frame.lines.last?.contains("?") == true)
  }
}
