import Demos
import Insight
import TUI
import Testing
import Trace

/// What the last row says of where the user has gone.
struct TellingTests {
  private func screen(at step: Int = 3, rows: Int = 30) throws -> DemoScreen {
    let screen = DemoScreen(try #require(Demo.named("gather")), rows: rows)
    for _ in 0..<step { screen.step() }
    return screen
  }

  /// The sentence of the event that was applied last.
  private func sentence(_ screen: DemoScreen) -> String {
    screen.model.timeline.sentence(forEvent: screen.model.cursor - 1)
  }

  @Test func `an event forward or back says what it was`() throws {
    let screen = try screen()
    screen.type("<")
    let last = sentence(screen)
    #expect(screen.model.message == last)
    screen.type("<")
    #expect(screen.model.message == sentence(screen) && sentence(screen) != last)
    screen.type(">")
    #expect(screen.model.message == last)
    #expect(screen.frame.lines.last?.contains(last) == true)
    screen.type(".")
    #expect(screen.model.message == nil, "what a step runs stands in the loop's pane")
  }

  @Test func `at the live edge it is said once the event has come`() throws {
    let screen = try screen()
    screen.type(">")
    while screen.model.isMoving { screen.pass(seconds: 0) }
    #expect(screen.model.cursor > 0 && screen.model.message == sentence(screen))
  }

  @Test func `before the first event there is nothing to say`() throws {
    let screen = try screen(at: 0)
    let start = screen.model.cursor
    screen.type("><")
    #expect(screen.model.cursor == start && screen.model.message == nil, "as it was at first")
    for _ in 0..<start + 2 { screen.type("<") }
    #expect(screen.model.cursor == 0 && screen.model.message == nil)
  }

  @Test func `a match says what was found`() throws {
    let screen = try screen()
    screen.press(Key(.home))
    screen.type("/sleep")
    screen.press(Key(.enter))
    #expect(sentence(screen).contains("sleep"))
    #expect(screen.model.message == sentence(screen))
    let first = screen.model.message
    screen.type("n")
    #expect(screen.model.message == sentence(screen) && screen.model.message != first)
  }

  @Test func `where the events are on the screen the last row keeps its keys`() throws {
    let screen = try screen()
    screen.type("e<")
    #expect(screen.model.message == nil)
    let small = try self.screen(rows: 8)
    small.type("e<")
    #expect(small.model.message == sentence(small), "the pane has no room")
  }

  @Test func `with a filter the lane that is explained is among those shown`() throws {
    let screen = try screen(at: 4)
    #expect(screen.model.selectedName == "meow(3)")
    screen.type("fmeow(1")
    screen.press(Key(.enter))
    #expect(screen.model.selectedName == "meow(1)")
    screen.type("w")
    #expect(screen.screen.contains("│ meow(1) is SLEEPING"))
    screen.press(Key(.escape))
    screen.type("f")
    screen.press(Key("u", .control))
    screen.type("meow")
    screen.press(Key(.enter))
    #expect(screen.model.selectedName == "meow(3)", "of several that which ran last")
    screen.step()
    #expect(screen.model.selectedName == "meow(4)")
    screen.type("f")
    screen.press(Key("u", .control))
    screen.type("nobody")
    screen.press(Key(.enter))
    #expect(screen.model.selectedName == "meow(4)")
  }
}

extension Model {
  fileprivate var selectedName: String? {
    selected.flatMap { timeline.lane($0) }.map { timeline.text($0.name) }
  }
}
