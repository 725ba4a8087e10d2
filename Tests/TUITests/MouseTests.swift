import Demos
import TUI
import Testing
import Trace

struct MouseTests {
  private func ended() throws -> DemoScreen {
    let screen = DemoScreen(try #require(Demo.named("order")))
    while !screen.hasEnded { screen.type(".") }
    return screen
  }

  @Test
  func `a click on a lane chooses it`() throws {
    let screen = try ended()
    let row = try #require(screen.frame.lines.firstIndex { $0.contains("meow(4)") })
    screen.update(.mouse(Mouse(.press, .left, x: 5, y: row)))
    #expect(screen.model.selected.map { screen.model.timeline.label(of: $0) } == "meow(4)")
  }

  @Test
  func `a click on the axis goes there, and a drag goes along`() throws {
    let screen = try ended()
    screen.press(Key(.home))
    for _ in 0..<6 { screen.type(".") }
    let end = screen.model.cursor
    let bar = try #require(screen.frame.lines[1].firstIndex(of: "▼"))
    let column = screen.frame.lines[1].distance(
      from: screen.frame.lines[1].startIndex, to: bar)
    screen.update(.mouse(Mouse(.press, .left, x: column - 20, y: 1)))
    let clicked = screen.model.cursor
    #expect(clicked < end)
    screen.update(.mouse(Mouse(.drag, .left, x: column - 10, y: 1)))
    #expect(screen.model.cursor > clicked)
    screen.update(.mouse(Mouse(.release, .left, x: column - 10, y: 1)))
    #expect(screen.model.grabbed == nil)
  }

  @Test
  func `the wheel scrolls the lanes`() throws {
    let storm = DemoScreen(try #require(Demo.named("storm")))
    storm.type("..")
    storm.update(.mouse(Mouse(.wheelDown, x: 5, y: 5)))
    #expect(!storm.screen.contains("main()  "))
    storm.update(.mouse(Mouse(.wheelUp, x: 5, y: 5)))
    #expect(storm.screen.contains("main()  "))
  }

  @Test(arguments: ["l", "i", "e", "o", "t"] as [Character])
  func `scrolling beyond the end of a pane counts no rows`(pane: Character) throws {
    let screen = try ended()
    if !screen.model.panes.contains(where: { $0.key == pane }) { screen.type(String(pane)) }
    for _ in 0..<8 where screen.model.focus.key != pane { screen.press(Key(.tab)) }
    try #require(screen.model.focus.key == pane)
    screen.type(String(repeating: "k", count: 300))
    let top = screen.frame
    screen.type(String(repeating: "j", count: 300))
    let isLongerThanItsRoom = screen.frame != top
    #expect(isLongerThanItsRoom == ["e", "t"].contains(pane))
    for (on, back) in [("j", "k"), ("k", "j")] {
      screen.type(String(repeating: on, count: 300))
      let end = screen.frame
      screen.type(String(repeating: on, count: 30))
      expectSame(screen.frame, end, "further")
      screen.type(back)
      #expect((screen.frame != end) == isLongerThanItsRoom)
      screen.type(on)
      expectSame(screen.frame, end, "back and on again")
    }
  }

  @Test
  func `scrolling beyond the end of the help counts no rows`() throws {
    let screen = try ended()
    screen.type("?")
    for _ in 0..<200 { screen.press(Key(.down)) }
    let end = screen.screen
    screen.press(Key(.up))
    #expect(screen.screen != end)
  }
}
