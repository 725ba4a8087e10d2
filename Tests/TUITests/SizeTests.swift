import Demos
import TUI
import Testing
import Trace
import TraceSamples

/// The screen at every size, and under any keys.
struct SizeTests {
  @Test
  func `no size and no open panes trap`() throws {
    let screen = DemoScreen(try #require(Demo.named("gather")))
    screen.type(".....")
    screen.press(Key(.enter))
    screen.type("ei")
    for overlay in ["", "?", "w"] {
      screen.type(overlay)
      for columns in [0, 1, 2, 3, 5, 10, 20, 29, 30, 59, 60, 100, 400] {
        for rows in [0, 1, 2, 3, 4, 5, 8, 12, 30, 100] {
          screen.update(.resize(Size(columns: columns, rows: rows)))
          #expect(screen.frame.size == Size(columns: columns, rows: rows))
        }
      }
      if !overlay.isEmpty { screen.press(Key(.escape)) }
    }
  }

  @Test
  func `60×12 shows lanes, panes and keys`() throws {
    let screen = DemoScreen(try #require(Demo.named("order")), columns: 60, rows: 12)
    screen.type("...")
    let text = screen.screen
    #expect(text.contains("main()"))
    #expect(text.contains("meow(3)"))
    #expect(text.contains("SLEEPING"))
    #expect(text.contains("output"))
    #expect(text.contains("help"))
  }

  @Test func `a header that is too long loses the step, then the time, and not what runs`() {
    var run = Script()
    _ = run.lane("main()")
    let header = RunHeader(program: ["application.py"], clock: .real, runtime: "test")
    var model = Model(size: Size(columns: 60, rows: 12), header: header, isLive: true)
    model.receive(run.batch, ended: true, ending: "ended: exit status 0")
    model.play(speed: 1)
    func line(columns: Int) -> String {
      _ = model.update(.resize(Size(columns: columns, rows: 12)))
      return view(of: model).lines[0]
    }
    let playing = "▶ playing the view  ■ ended: exit status 0"
    #expect(line(columns: 100).hasSuffix("\(playing)  1×  0.000s  tick 0  step 0  event 1"))
    #expect(line(columns: 64).hasSuffix(" \(playing)  0.000s  step 0"))
    #expect(line(columns: 56).hasSuffix(" \(playing)  0.000s"))
    #expect(line(columns: 50) == " appl… \(playing)")
  }

  @Test(arguments: 0..<20)
  func `any keys in any order leave a screen that can be drawn`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let demos = Demo.all
    let screen = DemoScreen(demos[Int(seed) % demos.count], columns: 80, rows: 24)
    let keys = Array(" p.,><+-=0123456789m[]nN/fcdsSzZaxvjkgGwoetlirRh?/\u{7f}")
    let codes: [Key.Code] = [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .tab, .backTab, .escape,
      .backspace, .delete, .insert, .function(1), .unknown,
    ]
    for _ in 0..<400 {
      switch random.next() % 8 {
      case 0: screen.press(Key(codes[Int(random.next() % UInt64(codes.count))]))
      case 1:
        let kinds: [Mouse.Kind] = [.press, .drag, .release, .wheelUp, .wheelDown]
        screen.update(
          .mouse(
            Mouse(
              kinds[Int(random.next() % 5)], .left, x: Int(random.next() % 90),
              y: Int(random.next() % 30))))
      case 2: screen.pass(seconds: Double(random.next() % 1000) / 1000)
      case 3:
        screen.update(
          .resize(Size(columns: Int(random.next() % 120), rows: Int(random.next() % 40))))
      default: screen.press(Key(keys[Int(random.next() % UInt64(keys.count))]))
      }
      _ = screen.frame
    }
    #expect(screen.model.cursor <= screen.model.timeline.events.count)
  }
}
