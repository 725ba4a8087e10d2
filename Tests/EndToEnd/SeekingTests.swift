import Testing
import TmuxSupport

/// In a recording of `order`: 12 steps, 114 events.
@Suite(.whereTmuxIs, .inTerminals)
struct SeekingTests {
  private func openOrder() async throws -> (Tmux, Scratch) {
    let scratch = try Scratch()
    let file = scratch.file("order.jsonl")
    #expect(try loopscope("record", "-o", file, "demo", "order").status == 0)
    // The foot line is drawn last: with it the picture is whole.
    return (try await open("play", file, "--step", until: "? help"), scratch)
  }

  @Test func `digits go to tenths of the run, Home and End to its ends`() async throws {
    let (tmux, _) = try await openOrder()
    let first = try tmux.screen()
    for (key, step) in [("0", 0), ("1", 0), ("2", 1), ("5", 5), ("9", 10)] {
      try tmux.send(key)
      try await tmux.wait(forMessage: "step \(step) of 12")
      try await tmux.wait(forStep: step)
    }
    try tmux.send(Keys.end)
    let last = try await tmux.wait(for: "event 114")
    #expect(last.contains { $0.contains("main()") && $0.contains("✓ DONE") })
    try tmux.send(Keys.home)
    #expect(try await tmux.wait(forStep: 0) == first)
    try await tmux.quit()
  }

  @Test func `pages go a tenth forward and back`() async throws {
    let (tmux, _) = try await openOrder()
    try tmux.send("5")
    try await tmux.wait(forStep: 5)
    try tmux.send(Keys.pageDown)
    try await tmux.wait(forStep: 6)
    try tmux.send(Keys.pageUp)
    try await tmux.wait(forStep: 4)
    try tmux.send(Keys.pageUp + Keys.pageUp + Keys.pageUp)
    try await tmux.wait(forStep: 0)
    // A tenth of this run is less than its first step.
    try tmux.send(Keys.pageDown)
    try await tmux.wait(forStep: 1)
    try await tmux.quit()
  }

  @Test func `a live run is at its edge at the end of what is known`() async throws {
    let tmux = try await open("demo", "order", "--step")
    try tmux.send("....")
    try await tmux.wait(forStep: 4)
    try tmux.send("5")
    try await tmux.wait(forMessage: "of 4")
    try tmux.send(Keys.home)
    try await tmux.wait(forStep: 0)
    try tmux.send(Keys.end)
    try await tmux.wait(forStep: 4)
    try tmux.send(".")
    try await tmux.wait(forStep: 5)
    try await tmux.quit()
  }

  @Test func `markers are set, taken away and gone to`() async throws {
    let (tmux, _) = try await openOrder()
    for step in [2, 4] {
      try tmux.send("..")
      try await tmux.wait(forStep: step)
      try tmux.send("m")
      try await tmux.wait(forMessage: "Marker set.")
    }
    try tmux.send("]")
    try await tmux.wait(forMessage: "No marker after this.")
    try tmux.send("[")
    try await tmux.wait(forStep: 2)
    try tmux.send("]")
    try await tmux.wait(forStep: 4)
    try tmux.send("m")
    try await tmux.wait(forMessage: "Marker taken away.")
    try tmux.send("[")
    try await tmux.wait(forStep: 2)
    try tmux.send("[")
    try await tmux.wait(forMessage: "No marker before this.")
    try await tmux.quit()
  }

  @Test func `a search goes from match to match and back`() async throws {
    let (tmux, _) = try await openOrder()
    try await tmux.type("/", toSee: "search:")
    // What is typed into a line is text, even if it is a key elsewhere.
    try await tmux.type("STOPPINGq", toSee: "search: STOPPINGq")
    try await tmux.type(Keys.backspace, toSee: "search: STOPPING")
    let first = try await tmux.type(Keys.enter, toSee: "stopping 3")
    #expect(!first.contains { $0.contains("starting 1") })
    try await tmux.type("n", toSee: "stopping 1")
    try await tmux.type("n", toSee: "stopping 5")
    try tmux.send("N")
    #expect(!(try await tmux.wait(without: "stopping 5")).contains { $0.contains("starting 5") })
    try tmux.send("N")
    #expect(try await tmux.wait(without: "stopping 1")[0] == first[0])
    try tmux.send("N")
    try await tmux.wait(forMessage: "Searched on from the end: meow(4) printed \"stopping 4\"")
    try tmux.send("n")
    try await tmux.wait(forMessage: "Searched on from the start: meow(3) printed \"stopping 3\"")
    try await tmux.type("/meow(4)" + Keys.enter, toSee: "event ")
    try tmux.send("/nowhere to be found" + Keys.enter)
    try await tmux.wait(forMessage: "'nowhere to be found' is nowhere in what is known of the run.")
    try await tmux.quit()
  }

  @Test(arguments: [
    ("1.5s", "step 3 "), ("40%", "step 4 "), ("step:7", "step 7 "), ("event:31", "event 31"),
  ])
  func `a recording opens at a moment`(when: String, seen: String) async throws {
    let scratch = try Scratch()
    let file = scratch.file("order.jsonl")
    _ = try loopscope("record", "-o", file, "demo", "order")
    let tmux = try await open("play", file, "--at", when)
    #expect(try tmux.screen()[0].contains(seen))
    let snapshot = try loopscope("snapshot", file, "--at", when, "--size", "100x30")
    #expect(
      try tmux.screen().map(trimmed)
        == snapshot.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
          trimmed(String($0))
        })
    try await tmux.quit()
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
