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
    #expect(!before.dropFirst().contains { $0.contains("·") || $0.contains("side by side") })
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

  @Test func `in a narrow pane what is longer stands below the amounts`() throws {
    let screen = DemoScreen(try #require(Demo.named("producer-consumer")))
    while !screen.hasEnded { screen.step() }
    screen.type("gtlP")
    screen.update(.resize(Size(columns: 62, rows: 30)))
    let lines = screen.frame.lines
    let first = try #require(lines.firstIndex { $0.contains("│  20%   1.000 s ◐ consume()") })
    #expect(lines[first + 1].contains("│      SLEEPING, at line 17"))
    screen.update(.resize(Size(columns: 100, rows: 30)))
    #expect(screen.frame.lines.contains { $0.contains("20%   1.000 s ◐ consume() SLEEPING, at") })
  }

  @Test func `what kept the loop from the path is not dotted, and what else ran is`() {
    var run = Script()
    let lanes = ["main()", "burn()", "idle()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    run.step(tasks[1].firstStep) { run in
      run.start(lanes[1])
      run.time = .ms(900)
      run.suspend(lanes[1], .future, run.future("future"))
    }
    var sleep: Script.Sleep?
    run.step(tasks[0].firstStep) { run in
      run.start(lanes[0])
      sleep = run.sleep(lanes[0], until: .ms(1500))
    }
    run.time = .ms(1200)
    run.step(tasks[2].firstStep) { run in
      run.start(lanes[2])
      run.suspend(lanes[2], .future, run.future("future"))
    }
    guard let sleep else { return }
    run.fire(sleep.timer, at: .ms(1500))
    let wakeup = run.wake(sleep, tasks[0].future)
    run.step(wakeup) { run in
      run.resume(lanes[0])
      run.return(lanes[0])
    }
    var model = run.model(panes: [.path])
    _ = model.update(.key(Key("g")))
    let lines = view(of: model).lines
    let words = "main() ready, while the first step of burn() took 0.900 s"
    #expect(lines.contains { $0.contains(words) })
    #expect(lines.contains { $0.contains("burn()  ") && $0.contains("█████") })
    #expect(lines.contains { $0.contains("idle()  ") && !$0.contains("█") && $0.contains("·") })
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
