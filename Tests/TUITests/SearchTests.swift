import Demos
import Insight
import TUI
import Testing
import Trace
import TraceSamples

/// `/`, `n` and `N`.
struct SearchTests {
  private func ended(_ name: String = "order") throws -> DemoScreen {
    let screen = DemoScreen(try #require(Demo.named(name)))
    screen.press(Key(" "))
    for _ in 0..<1000 where !screen.hasEnded { screen.pass(seconds: 0.1) }
    screen.pass(seconds: 0.1)
    return screen
  }

  private func search(_ text: String, _ screen: DemoScreen) {
    screen.type("/" + text)
    screen.press(Key(.enter))
  }

  private func told(_ screen: DemoScreen) -> String {
    screen.model.timeline.sentence(forEvent: screen.model.cursor - 1)
  }

  @Test func `it goes from match to match and back`() throws {
    let screen = try ended()
    screen.press(Key(.home))
    search("STOPPING", screen)
    let first = screen.model.cursor
    #expect(told(screen) == "meow(3) printed \"stopping 3\"")
    #expect(screen.model.message == told(screen))
    screen.type("n")
    #expect(told(screen) == "meow(1) printed \"stopping 1\"")
    screen.type("N")
    #expect(screen.model.cursor == first)
    search("no such thing", screen)
    #expect(screen.model.cursor == first)
    #expect(screen.model.message == "'no such thing' is nowhere in what is known of the run.")
  }

  @Test func `behind the last match it goes on from the start, before the first from the end`()
    throws
  {
    let screen = try ended()
    search("stopping", screen)
    let first = "meow(3) printed \"stopping 3\""
    #expect(told(screen) == first)
    #expect(screen.model.message == "Searched on from the start: \(first)")
    screen.type("N")
    let last = "meow(4) printed \"stopping 4\""
    #expect(told(screen) == last)
    #expect(screen.model.message == "Searched on from the end: \(last)")
    screen.type("n")
    #expect(told(screen) == first)
    // Where the events are on the screen, they need not be said.
    screen.type("eN")
    #expect(told(screen) == last)
    #expect(screen.model.message == "Searched on from the end.")
  }

  @Test func `the only match says that it is the only one`() throws {
    let screen = try ended()
    search("stopping 5", screen)
    let cursor = screen.model.cursor
    #expect(told(screen) == "meow(5) printed \"stopping 5\"")
    for key in ["n", "N"] {
      screen.type(key)
      #expect(screen.model.cursor == cursor)
      #expect(
        screen.model.message == "'stopping 5' is nowhere else in what is known of the run.")
    }
  }

  @Test func `at the live edge it goes back to what is known, and the loop stands`() throws {
    let screen = DemoScreen(try #require(Demo.named("gather")))
    for _ in 0..<4 { screen.step() }
    #expect(screen.model.isAtLiveEdge)
    screen.type(" ")
    search("meow(2)", screen)
    #expect(!screen.model.isMoving)
    #expect(screen.model.message == "Searched on from the start: \(told(screen))")
    #expect(told(screen) == "main() created meow(2), defined at Gather.swift:4")
  }

  @Test func `who searches for a lane at its only event looks at it, too`() {
    var run = Script()
    let main = run.lane("main()")
    run.start(main)
    _ = run.lane("once()", by: main)
    var model = run.model()
    model.show(run.cursor)
    for key in "/once" { _ = model.update(.key(Key(key))) }
    _ = model.update(.key(Key(.enter)))
    #expect(model.message == "'once' is nowhere else in what is known of the run.")
    #expect(model.chosen.map(run.timeline.label(of:)) == "once()")
    #expect(model.cursor == run.cursor)
  }

  @Test func `who searches for a lane looks at that lane`() throws {
    let screen = try ended()
    search("stopping 5", screen)
    #expect(screen.model.chosen == nil, "the text is none of a lane's name")
    search("meow(2)", screen)
    let lane = try #require(screen.model.selected)
    #expect(screen.model.timeline.label(of: lane) == "meow(2)")
    #expect(screen.model.chosen == lane)
    screen.press(Key(.escape))
    #expect(screen.model.chosen == nil)
  }

  @Test func `a lane is found by its number and by its task's name`() {
    var run = Script()
    let main = run.lane("main()")
    run.start(main)
    var lanes: [LaneID] = []
    for name in ["Task-2", "fetch-7", "Task-20"] {
      let lane = run.lane("work()", by: main)
      _ = run.task(lane, named: name, by: main)
      lanes.append(lane)
    }
    for lane in lanes { run.start(lane) }
    var model = run.model()
    func found(_ text: String) -> [LaneID?] {
      model.show(0)
      for key in "/" + text { _ = model.update(.key(Key(key))) }
      var seen: [LaneID?] = []
      _ = model.update(.key(Key(.enter)))
      while model.message?.contains("is nowhere") == false, seen.count < 9 {
        if model.message?.hasPrefix("Searched on") == true { break }
        seen.append(model.chosen)
        _ = model.update(.key(Key("n")))
      }
      return seen
    }
    // Created, made a task, started.
    #expect(found("WORK()#2") == [lanes[1], lanes[1], lanes[1]])
    #expect(found("fetch") == [lanes[1], lanes[1], lanes[1]])
    // The fourth is where Task-20 is made: that is no name of its lane as long as just a part is looked for.
    #expect(found("task-2") == [lanes[0], lanes[0], lanes[0], lanes[0]])
    #expect(found("work()#9").isEmpty)
  }

  /// Small letters may take fewer bytes than capital ones, or more.
  @Test(arguments: [
    ("kkkk", "\u{212A}\u{212A}\u{212A}\u{212A}"), ("\u{23A}", "\u{2C65}"), ("İ", "i\u{307}"),
    ("", ""),
  ])
  func `capital letters or not, whatever bytes they take`(whole: String, part: String) {
    #expect(whole.containsIgnoringCase(part))
    #expect(part.containsIgnoringCase(whole))
    #expect(!whole.containsIgnoringCase(String(repeating: "much more ", count: 1000)))
  }
}
