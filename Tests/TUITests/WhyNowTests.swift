import Demos
import TUI
import Testing
import Trace
import TraceSamples

/// What `w` says of a step in which the lane that it explains had no part.
struct WhyNowTests {
  @Test func `the step of a callback is explained beside the lane`() throws {
    let screen = DemoScreen(try #require(Demo.named("gather")), rows: 60)
    var reports = 0
    for step in 1...23 {
      screen.step()
      screen.type("w")
      let lines = screen.screen
      let timeline = screen.model.timeline
      let handle = timeline.handle(ofStep: step).flatMap(timeline.handle)
      let isReport = handle?.callback.kind == .memberDone
      #expect(
        lines.contains("│ Step \(step) ran because a member's report") == isReport, "step \(step)")
      if isReport { reports += 1 }
      screen.press(Key(.escape))
    }
    #expect(reports == 5)
  }

  @Test func `a lane that was chosen is told of, and then the step of another`() throws {
    let screen = DemoScreen(try #require(Demo.named("gather")))
    for _ in 0..<4 { screen.step() }
    screen.type("w")
    #expect(screen.screen.contains("│ It last ran in step 4 because the first step of meow(3)"))
    #expect(!screen.screen.contains("│ Step 4 ran because"))
    screen.press(Key(.escape))
    screen.type("gw")
    #expect(screen.screen.contains("│ main() is waiting for a gather"))
    #expect(screen.screen.contains("│ It last ran in step 1 because"))
    #expect(screen.screen.contains("│ Step 4 ran because the first step of meow(3)"))
  }

  @Test func `a program with callbacks alone has its text, and its steps are explained`() {
    var run = Script()
    let call = run.schedule(Callback(function: run.text("print")), Cause(.callSoon))
    run.tick()
    let text = RunHeader.SourceText(name: "app.py", text: "loop.call_soon(print)\n")
    var model = run.model(sources: [text], panes: [.source, .inspector])
    _ = model.update(.key(Key("w")))
    #expect(view(of: model).lines.contains { $0.contains("│ No coroutine yet. ") })
    #expect(!view(of: model).lines.contains { $0.contains(" ran because ") })
    run.begin(call)
    model = run.model(sources: [text], panes: [.source, .inspector])
    let lines = view(of: model).lines
    #expect(lines.contains { $0.contains("app.py ─") })
    #expect(
      lines.contains { $0.contains(" 1 loop.call_soon(print)") || $0.contains("1 loop.call") })
    _ = model.update(.key(Key("w")))
    #expect(
      view(of: model).lines.contains {
        $0.contains("│ Step 1 ran because the program asked for the callback print")
      })
  }
}
