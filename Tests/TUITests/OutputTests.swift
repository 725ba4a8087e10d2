import TUI
import Testing
import Trace

/// What a program prints, however unkindly, stays in its pane.
struct OutputTests {
  private func screen(printing texts: [String]) -> [String] {
    var model = Model(
      size: Size(columns: 60, rows: 20),
      header: RunHeader(program: ["unkind"], clock: .virtual, runtime: "test"), isLive: false,
      panes: [.output])
    var batch = Batch(texts: ["main()"] + texts)
    let lane = LaneID(1)
    var facts: [Fact] = [
      .coroutineCreated(lane, name: TextID(1), parent: .none, at: .unknown),
      .coroutineStarted(lane),
    ]
    for place in texts.indices {
      facts.append(.output(TextID(UInt32(place + 2)), by: lane, .stdout))
    }
    batch.events = facts.map { Event(time: 0, fact: $0) }
    model.receive(batch, ended: true)
    model.show(batch.events.count)
    return view(of: model).lines.filter { $0.contains("main() │") }
  }

  @Test
  func `a megabyte on one line is one line, and the next stands below it`() {
    let lines = screen(printing: [String(repeating: "A", count: 1_000_000) + "\n", "next\n"])
    #expect(lines.count == 2)
    #expect(lines[0].hasSuffix("AAAA"))
    #expect(lines[1].hasSuffix("│ next"))
  }

  @Test
  func `the last lines of a long text are shown`() {
    let text = (1...5000).map { "line \($0)" }.joined(separator: "\n")
    let lines = screen(printing: [text + "\n"])
    #expect(lines.last?.hasSuffix("│ line 5000") == true)
    #expect(lines.count > 5)
  }

  @Test
  func `pieces of a line are joined`() {
    #expect(
      screen(printing: ["a", "b", "c\n", "d\n"]).map { String($0.suffix(3)) } == ["abc", "│ d"])
  }

  @Test
  func `an empty line is a line`() {
    #expect(screen(printing: ["a\n\nb\n"]).count == 3)
  }

  @Test
  func `control characters are shown and do nothing`() {
    let lines = screen(printing: ["\u{1B}[2J\r\u{8}\u{7}\u{9B}31m\u{202E}x\n"])
    #expect(lines.count == 1)
    #expect(lines[0].hasSuffix("␛[2J␍␈␇\u{FFFD}31m\u{FFFD}x"))
  }
}
