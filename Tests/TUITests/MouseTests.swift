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
    #expect(screen.model.selected.map { screen.model.timeline.name(of: $0) } == "meow(4)")
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
}
