import TUI
import Testing
import Trace
import TraceSamples

/// What the inspector says of a lane while nothing happens.
struct InspectorTests {
  @Test func `time that passes without an event counts`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.step(task.firstStep) { run in
      run.start(main)
      _ = run.sleep(main, until: .ms(1000))
    }
    var model = run.model(rows: 30, isLive: true, panes: [.inspector])
    func shows(_ text: String) -> Bool { view(of: model).lines.contains { $0.contains(text) } }
    #expect(shows("until 1.000 s (1.000 s left)") && shows("SLEEPING: 0.000 s, 1 time"))
    model.play(speed: 1)
    _ = model.pass(nanoseconds: 400_000_000)
    #expect(model.cursor == run.cursor)
    #expect(shows("until 1.000 s (0.600 s left)") && shows("SLEEPING: 0.400 s, 1 time"))
    #expect(shows("RUNNING: 0.000 s, 1 time"))
    _ = model.update(.key(Key("w")))
    #expect(shows("until 1.000 s (0.600 s left)"))
  }

  @Test func `who made a lane is told, and apart from that where its code begins`() {
    var run = Script()
    let main = run.lane("main()", line: 9)
    run.time = .ms(20)
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      _ = run.awaitNew("inner()", by: main, line: 4)
    }
    let lines = view(of: run.model(rows: 30, panes: [.inspector])).lines
    #expect(lines.contains { $0.hasPrefix(" created: by main() at 0.020s") })
    #expect(lines.contains { $0.hasPrefix(" defined: demo.py:4") })
  }

  @Test func `where a lane was called is told if it is known`() {
    for called in [17, nil] as [UInt32?] {
      var run = Script()
      let main = run.lane("main()", line: 9, calledAt: called)
      run.step(run.task(main).firstStep) { run in run.start(main) }
      let lines = view(of: run.model(rows: 30, panes: [.inspector])).lines
      #expect(lines.contains { $0.contains("defined: demo.py:9") })
      #expect(lines.contains { $0.contains("called: demo.py:17") } == (called != nil))
      #expect(lines.contains { $0.contains("called:") } == (called != nil))
    }
  }

  @Test func `where a lane raised what ended it is told, and shown in the source`() {
    var run = Script()
    let main = run.lane("main()", line: 1)
    run.step(run.task(main).firstStep) { run in
      run.start(main)
      let traceback = run.text("json/decoder.py:360 raw_decode\ndemo.py:4 parse\ndemo.py:2 main")
      run.add(
        .coroutineRaised(main, exception: run.text("ValueError: no"), traceback: traceback))
    }
    let source = RunHeader.SourceText(
      name: "demo.py", text: "async def main():\n  parse()\ndef parse():\n  json.loads('')\n")
    let model = run.model(rows: 30, sources: [source], panes: [.inspector, .source])
    let lines = view(of: model).lines
    for told in [
      "exception: ValueError: no", "raised in: raw_decode() at json/decoder.py:360",
      "called by: parse() at demo.py:4", "called by: main() at demo.py:2",
    ] { #expect(lines.contains { $0.contains(told) }, "\(told)") }
    #expect(lines.contains { $0.contains("4▸") && $0.contains("json.loads('')") })
  }

  @Test func `who awaits a lane is told once`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.step(task.firstStep) { run in
      run.start(main)
      let inner = run.awaitNew("inner()", by: main)
      _ = run.sleep(inner, until: .ms(1000))
    }
    let lines = view(of: run.model(rows: 30, panes: [.inspector])).lines
    #expect(lines.contains { $0.contains("awaited by: main()") })
    #expect(!lines.contains { $0.contains("waited for by") })
  }
}
