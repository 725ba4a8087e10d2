import Demos
import Testing
import TmuxSupport

@Suite(.whereTmuxIs, .inTerminals)
struct SteppingTests {
  /// The demos that the project began with.
  static let examples: Set = [
    "hello", "deferred", "ensure-future", "order", "wait", "wait-ordered", "gather", "reawait",
    "evens-odds", "never-awaited",
  ]

  @Test(arguments: Demo.all.map(\.name))
  func `twelve steps forward and twelve back show the first picture again`(
    demo: String
  ) async throws {
    let tmux = try await open("demo", demo, "--step")
    let first = try tmux.screen()
    #expect(first[0].contains("step 0 "))
    try tmux.send("............")
    let last = try await tmux.wait(for: "step 12 or the end") { screen in
      screen[0].contains("step 12 ") || screen[29].contains("This is the end of the run.")
    }
    #expect(last != first)
    try tmux.send(",,,,,,,,,,,,")
    #expect(try await tmux.wait(forStep: 0) == first)
    try await tmux.quit()
  }

  @Test func `the arrows step as the dot and the comma do`() async throws {
    let tmux = try await open("demo", "evens-odds", "--step")
    var pictures = [try tmux.screen()]
    for step in 1...5 {
      try tmux.send(step % 2 == 0 ? "." : Keys.right)
      pictures.append(try await tmux.wait(forStep: step))
    }
    for step in (0...4).reversed() {
      try tmux.send(step % 2 == 0 ? Keys.left : ",")
      #expect(try await tmux.wait(forStep: step) == pictures[step])
    }
    try await tmux.quit()
  }

  @Test func `one event forward and back`() async throws {
    let tmux = try await open("demo", "ensure-future", "--step")
    let first = try tmux.screen()
    #expect(first[0].hasSuffix("event 3"))
    for event in 4...9 {
      try await tmux.type(">", toSee: "event \(event)")
    }
    try await tmux.type("<<", toSee: "event 7")
    // In the middle of step 1: main() has only just begun.
    #expect(try tmux.screen().contains { $0.contains("main()") && $0.contains("● RUNNING") })
    try await tmux.type("<<<<", toSee: "event 3")
    #expect(try tmux.screen() == first)
    try await tmux.quit()
  }

  @Test(arguments: Demo.all.map(\.name).filter { $0 != "storm" })
  func `a recording shows, step by step, the very pictures of the live run`(
    demo: String
  ) async throws {
    let scratch = try Scratch()
    let file = scratch.file("run.jsonl")
    _ = try loopscope("record", "-o", file, "demo", demo)
    let live = try await open("demo", demo, "--step")
    let replay = try await open("play", file, "--step")
    #expect(try replay.screen() == live.screen())
    let isAtEnd = { (screen: [String]) in screen.last?.contains("end of the run.") == true }
    // Each step of the post's examples, each fourth of the longer ones.
    let pace = Self.examples.contains(demo) ? 1 : 4
    for step in stride(from: pace, through: 400, by: pace) {
      var pictures: [[String]] = []
      for tmux in [live, replay] {
        try tmux.send(String(repeating: ".", count: pace))
        pictures.append(
          try await tmux.wait(for: "step \(step) or the end") { screen in
            screen[0].contains("step \(step) ") || isAtEnd(screen)
          })
      }
      #expect(pictures[0] == pictures[1], "after step \(step)")
      if isAtEnd(pictures[0]) { break }
    }
    #expect(isAtEnd(try replay.screen()))
    for tmux in [live, replay] {
      // And where the inspector and the events are open, at the end and at the start.
      try tmux.send("e" + Keys.enter)
      try await tmux.wait(for: "─ inspector ─")
    }
    #expect(try replay.screen() == live.screen())
    for tmux in [live, replay] { try tmux.send(Keys.home) }
    #expect(try await live.wait(forStep: 0) == replay.wait(forStep: 0))
  }
}
