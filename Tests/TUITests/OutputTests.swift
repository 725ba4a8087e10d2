import TUI
import Testing
import Trace
import TraceSamples

/// What a program prints, however unkindly, stays in its pane.
struct OutputTests {
  private func model(printing texts: [String]) -> Model {
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
    return model
  }

  private func screen(printing texts: [String]) -> [String] {
    view(of: model(printing: texts)).lines.filter { $0.contains("main() │") }
  }

  @Test
  func `a megabyte on one line is cut, and the next line stands below it`() {
    let rows = rows(printing: [String(repeating: "A", count: 1_000_000) + "\n", "next\n"])
    #expect(rows.last == " main() │ next")
    #expect(rows.dropLast().last == "        │ …")
    #expect(rows.dropLast(2).allSatisfy { $0.hasSuffix("│ " + String(repeating: "A", count: 50)) })
    #expect(rows.count > 3)
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
  func `a line is shown as it was written over last`() {
    #expect(
      screen(printing: [" 10%\r 20%", "\r100%", " done\r\n", "abc\rX\n"])
        .map { String($0.split(separator: "│ ").last ?? "") } == ["100% done", "Xbc"])
    let progress = screen(printing: (1...5000).map { "\rstep \($0)" })
    #expect(progress.last?.hasSuffix("│ step 5000") == true)
  }

  @Test
  func `an empty line is a line`() {
    #expect(screen(printing: ["a\n\nb\n"]).count == 3)
  }

  @Test
  func `control characters are shown and do nothing`() {
    let lines = screen(printing: ["\u{1B}[2J\u{8}\u{7}\u{9B}31m\u{202E}x\n"])
    #expect(lines.count == 1)
    #expect(lines[0].hasSuffix("␛[2J␈␇\u{FFFD}31m\u{FFFD}x"))
  }

  /// All rows of the pane, without its title.
  private func rows(printing texts: [String], after keys: Key...) -> [String] {
    var model = model(printing: texts)
    for key in keys { _ = model.update(.key(key)) }
    let lines = view(of: model).lines
    guard let title = lines.firstIndex(where: { $0.contains("─ output ─") }) else { return [] }
    return lines[(title + 1)...].dropLast().filter { $0.contains("│") }
  }

  @Test
  func `a long line goes on below, with its lane beside the first row only`() {
    let long = (0..<30).map { "word \($0)" }.joined(separator: " ")
    let rows = rows(printing: ["short\n", long + "\n", "end\n"])
    #expect(rows.first == " main() │ short")
    #expect(rows.last == " main() │ end")
    #expect(rows.filter { $0.hasPrefix(" main() │ ") }.count == 3)
    #expect(rows.dropFirst(2).dropLast().allSatisfy { $0.hasPrefix("        │ ") })
    let parts = rows.dropFirst().dropLast().map { $0.dropFirst(10) }
    // Trailing blanks of a row are not in the picture's text.
    #expect(parts.joined().replacing(" ", with: "") == long.replacing(" ", with: ""))
    #expect(rows.count > 4)
  }

  @Test
  func `a long line is read to its start by scrolling, and no further`() {
    let long = (0..<400).map { "\($0)," }.joined()
    let up = [Key](repeating: Key(.up), count: 200)
    var model = model(printing: ["first\n", long + "\n"])
    func shown() -> [String] { view(of: model).lines.filter { $0.contains(" │ ") } }
    let end = shown()
    #expect(end.last?.hasSuffix("399,") == true)
    _ = model.update(.key(Key(.tab)))
    for key in up { _ = model.update(.key(key)) }
    let start = shown()
    #expect(start.first == " main() │ first")
    #expect(start[1].hasPrefix(" main() │ 0,1,2,"))
    for _ in up { _ = model.update(.key(Key(.down))) }
    #expect(shown() == end)
  }

  @Test
  func `who printed is told from its sister in a narrow pane too`() {
    var run = Script()
    for name in ["one", "two"] {
      run.print("\(name) has both\n", by: run.lane("transfer('\(name)', …)"))
    }
    let lines = view(of: run.model(panes: [.loop, .source, .output])).lines
    for name in ["one", "two"] {
      #expect(lines.contains { $0.contains(" tra…\(name)) │ \(name) has both") })
    }
  }

  @Test
  func `wide glyphs are not cut where a row ends`() {
    let rows = rows(printing: [String(repeating: "猫", count: 60) + "\n"])
    #expect(rows.count == 3)
    #expect(rows.map { $0.count { $0 == "猫" } } == [25, 25, 10])
  }

  @Test
  func `both kinds of line end are ends`() {
    #expect(
      rows(printing: ["a\r\n", "b\rc\r\nd\r"]) == [" main() │ a", " main() │ c", " main() │ d"])
  }

  @Test
  func `tabs go to the next column that is a multiple of eight`() {
    #expect(rows(printing: ["a\tbc\td\n"]) == [" main() │ a       bc      d"])
  }
}
