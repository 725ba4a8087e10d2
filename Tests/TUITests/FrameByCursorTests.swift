import Demos
import GoldenSupport
import TUI
import Testing
import Trace

/// A frame is a function of the cursor: how the cursor got there leaves no mark on it.
struct FrameByCursorTests {
  @Test(arguments: Demo.all.map(\.name))
  func `stepping back shows again the very frames of the live run`(name: String) throws {
    try expectSameFramesBack(name)
  }

  @Test(arguments: ["gather", "order", "timeout", "lock", "producer-consumer", "cancel"])
  func `so it does with the path shown`(name: String) throws {
    try expectSameFramesBack(name, keys: "P")
  }

  private func expectSameFramesBack(_ name: String, keys: String = "") throws {
    let screen = DemoScreen(try #require(Demo.named(name)))
    screen.type(keys)
    var frames = [screen.frame]
    while !screen.hasEnded && frames.count < 60 {
      screen.step()
      frames.append(screen.frame)
    }
    for step in frames.indices.dropLast().reversed() {
      screen.type(",")
      expectSame(screen.frame, frames[step], "step \(step)")
    }
  }

  @Test(arguments: Demo.all.map(\.name))
  func `a recording shows event by event the very frames of the live run`(name: String) throws {
    let demo = try #require(Demo.named(name))
    let live = DemoScreen(demo)
    while !live.hasEnded { live.step() }
    live.press(Key(.home))

    var replayed = Model(
      size: live.model.size, header: live.model.header, isLive: false, lesson: live.model.lesson)
    replayed.receive(live.model.timeline.batch, ended: true)

    let events = live.model.timeline.events.count
    expectSame(view(of: replayed), live.frame, "start")
    for event in (replayed.cursor + 1)...min(events, 400) {
      live.type(">")
      _ = replayed.update(.key(Key(">")))
      #expect(replayed.cursor == event)
      expectSame(view(of: replayed), live.frame, "event \(event)")
    }
  }

  @Test(arguments: Demo.all.map(\.name))
  func `each demo looks as it did`(name: String) throws {
    let demo = try #require(Demo.named(name))
    let screen = DemoScreen(demo)
    var pictures = ["at the start\n" + screen.screen]
    for _ in 0..<3 { screen.step() }
    pictures.append("after 3 steps\n" + screen.screen)
    while !screen.hasEnded { screen.step() }
    screen.type("elw")
    pictures.append("at the end, with events for the loop, and why\n" + screen.screen)
    expectGolden(pictures.joined(separator: "\n"), named: name)
  }
}
