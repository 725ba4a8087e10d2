import Demos
import TUI
import Testing

/// What comes after the cursor, which is hidden until it is asked for.
struct AheadTests {
  /// The bar of `main()`.
  private func bar(_ screen: DemoScreen) -> String {
    let line = screen.frame.lines.first { $0.contains("main()") } ?? ""
    return String(line.drop { !"╌▒█┄░✓".contains($0) })
  }

  @Test func `it reaches as far as the run is known, and no further`() throws {
    let screen = DemoScreen(try #require(Demo.named("ensure-future")))
    screen.type("v")
    #expect(
      screen.model.message == "What comes after the cursor is shown, as far as it is known.")
    let start = bar(screen)
    #expect(start == "╌╌▒▒", "that main() is ready is not known of the time to come")
    screen.step()
    let first = bar(screen)
    #expect(first.hasPrefix(start) && first.count > start.count)
    screen.press(Key(.left))
    #expect(bar(screen) == first, "one step is known")
    screen.type("v")
    #expect(screen.model.message == "What comes after the cursor is not shown.")
    #expect(bar(screen) == start)
  }
}
