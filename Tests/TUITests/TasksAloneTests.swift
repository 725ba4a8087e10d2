import TUI
import Testing
import Trace
import TraceSamples

/// A run that was recorded with tasks alone tells no steps, and is gone through by events.
struct TasksAloneTests {
  private static let run: Script = {
    var run = Script()
    let main = run.lane("main()")
    run.start(main)
    run.suspend(main, .unknown)
    run.time = .ms(1)
    run.return(main)
    return run
  }()

  private func model() -> Model {
    let header = RunHeader(program: ["app.py"], clock: .real, runtime: "test", sources: [])
    var model = Model(size: Size(columns: 100, rows: 20), header: header, isLive: false)
    model.receive(Self.run.batch, ended: true)
    return model
  }

  @Test func `it opens where its first coroutine has not started`() {
    let model = model()
    #expect(model.cursor == Self.start)
    #expect(view(of: model).lines[2].contains("main()"))
  }

  @Test(arguments: [(".", ","), (">", "<")] as [(Character, Character)])
  func `the keys for a step go by events, forward and back`(
    forward: Character, back: Character
  ) {
    var model = model()
    for place in 1...3 {
      _ = model.update(.key(Key(forward)))
      #expect(model.cursor == Self.start + place)
    }
    for place in [2, 1, 0] {
      _ = model.update(.key(Key(back)))
      #expect(model.cursor == Self.start + place)
    }
  }

  @Test func `a part of the run is a part of its events`() {
    var model = model()
    _ = model.update(.key(Key("9")))
    let place = Self.run.cursor * 9 / 10
    #expect(model.cursor == place)
    #expect(model.message == "event \(place) of \(Self.run.cursor)")
    _ = model.update(.key(Key("0")))
    #expect(model.cursor == Self.start)
  }

  @Test func `no step, ready queue or timer is shown where none is told`() {
    let lines = view(of: model()).lines
    #expect(lines[0].hasSuffix("0.000s  event \(Self.start)"))
    #expect(lines.contains { $0.contains("The recording tells of tasks") })
    #expect(!lines.contains { $0.contains("timers 0") })
  }

  /// Its lane is made, then it starts.
  private static let start = 1
}
