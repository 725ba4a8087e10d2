import Demos
import TUI
import Testing
import Trace
import TraceSamples

/// What a lane's time went to, on the screen.
struct PathPaneTests {
  @Test func `P shows where the time went, and dots the rest of the bars`() throws {
    let screen = DemoScreen(try #require(Demo.named("order")))
    while !screen.hasEnded { screen.step() }
    screen.type("g")
    let before = screen.frame.lines
    #expect(!before.contains { $0.contains("·") || $0.contains("side by side") })
    screen.type("P")
    let lines = screen.frame.lines
    #expect(lines.contains { $0.contains("main() took 5.000 s") })
    #expect(lines.contains { $0.contains("100%   5.000 s ◐ meow(…) SLEEPING, at line") })
    let main = try #require(lines.first { $0.contains("▸main()") })
    #expect(main.contains("·") && !main.contains("─"))
    let sleeper = try #require(lines.first { $0.contains("meow(4)") && $0.contains("✓") })
    #expect(sleeper.contains("░"))
    screen.type("P")
    #expect(screen.frame.lines == before)
  }

  @Test func `a run of tasks alone tells no path`() {
    var run = Script()
    let main = run.lane("main()")
    run.start(main)
    run.return(main)
    let lines = view(of: run.model(panes: [.path])).lines
    #expect(lines.contains { $0.contains("tells no steps") })
    #expect(lines.contains { $0.contains("main()") && !$0.contains("·") })
  }
}
