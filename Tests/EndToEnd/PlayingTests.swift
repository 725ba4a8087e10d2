import Testing
import TmuxSupport

@Suite(.whereTmuxIs, .inTerminals)
struct PlayingTests {
  @Test func `a demo plays at once, to its end`() async throws {
    let tmux = try launch(["demo", "ensure-future"])
    let screen = try await tmux.wait(for: "The run has ended")
    #expect(screen[0].contains("■ ended") && screen[0].contains("step 5 "))
    for letter in ["speak() │ C", "main()  │ A", "main()  │ B", "main()  │ D"] {
      #expect(screen.contains { $0.contains(letter) })
    }
    try await tmux.quit()
  }

  @Test(arguments: [" ", "p"])
  func `a key plays, holds and plays on`(key: String) async throws {
    let tmux = try await open("demo", "order", "--step", "--speed", "0.015625")
    try tmux.send(key)
    try await tmux.glimpse("▶ running the loop")
    try await tmux.glimpse("step 1 ")
    let held = try await tmux.type(key, toSee: "❚❚ paused")
    #expect(held[0].contains("step 1 "))
    try tmux.send("...")
    try await tmux.wait(forStep: 4)
    // Back, and forward again: now it is the view that plays, up to the loop's own edge.
    try await tmux.type(Keys.home, toSee: "step 0 ")
    try tmux.send("=" + key)
    try await tmux.glimpse("▶ playing the view")
    try await tmux.glimpse("▶ running the loop")
    try await tmux.type(key, toSee: "❚❚ paused")
    try await tmux.quit()
  }

  @Test func `the speed is doubled, halved and put back`() async throws {
    let tmux = try await open("demo", "order", "--step", "--speed", "4")
    #expect(try tmux.screen()[0].contains(" 4× "))
    try await tmux.type("+", toSee: " 8× ")
    try await tmux.type("----", toSee: " 1/2× ")
    try await tmux.type("=", toSee: " 1× ")
    try await tmux.quit()
  }

  @Test func `a run goes once more from the start`() async throws {
    let tmux = try await open("demo", "gather", "--step")
    let first = try tmux.screen()
    try tmux.send("......")
    try await tmux.wait(forStep: 6)
    try tmux.send("r")
    #expect(try await tmux.wait(forStep: 0) == first)
    try tmux.send(".")
    try await tmux.wait(forStep: 1)
    try await tmux.quit()
  }

  @Test func `a real clock takes its time and tells the same story`() async throws {
    let tmux = try await open(
      "demo", "ensure-future", "--clock", "real", columns: 130, until: "real clock")
    let screen = try await tmux.wait(for: "The run has ended")
    #expect(screen.contains { $0.contains("│ D") })
    #expect(screen[0].contains(" 1.0"))
    try await tmux.quit()
  }
}
