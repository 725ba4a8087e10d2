import Export
import Foundation
import TUI
import Testing
import Trace
import TraceSamples

/// The loop pane of the page, in a real browser, where one is installed.
@Suite(.serialized, .enabled(if: Browser.isInstalled)) struct PageLoopTests {
  private let browser: Browser

  init() throws { browser = try #require(Browser.installed) }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `it is what the screen's is, at every moment`(seed: UInt64) async throws {
    try await expectSameLoop(in: randomTimeline(seed: seed, events: 500), step: 3)
  }

  @Test func `so it is where parts were lost and where nothing makes sense`() async throws {
    var random = SeededGenerator(seed: 4)
    var lossy = Timeline()
    lossy.append(RandomRun(seed: 4, events: 400).script.batch.losing(3, using: &random))
    try await expectSameLoop(in: lossy, step: 3)
    var garbage = Timeline()
    garbage.append(Garbage.batch(seed: 4, events: 400))
    try await expectSameLoop(in: garbage, step: 2)
  }

  @Test func `so it is where handles run loops of their own`() async throws {
    var script = Script()
    let lanes = (0..<3).map { script.lane("nested(\($0))") }
    let steps = lanes.map { script.task($0).firstStep }
    script.add(.handleBegan(steps[0]))
    script.add(.handleBegan(steps[1]))
    script.add(.handleEnded(steps[1]))
    script.add(.handleBegan(steps[2]))
    script.add(.handleEnded(steps[2]))
    script.add(.handleEnded(steps[0]))
    try await expectSameLoop(in: script.timeline, step: 1)
  }

  @Test func `it says how much of a lock or queue is in use, and how many stand in line`()
    async throws
  {
    var script = PageDataTests.queueing()
    script.step(script.task(script.lane("c()")).firstStep) { _ in }
    let timeline = script.timeline
    try await expectSameLoop(in: timeline, step: 1)
    #expect(screen(timeline, at: timeline.events.count).contains("lock 1  1 waiting  held by b()"))
  }

  @Test func `without steps it says why there is none`() async throws {
    var script = Script()
    script.start(script.lane("a()"))
    let page = try await browser.open(export(script.timeline, as: .html))
    #expect(page.dom.contains("The recording tells of tasks alone: of no step, ready queue"))
  }

  @Test func `a cause that has no room beside the words stands below them`() async throws {
    var script = Script()
    let lane = script.lane("a_coroutine_with_a_name_that_is_long(1, 2, 3, 4, 5, 6, 7, 8, 9)")
    _ = script.task(lane)
    let page = try await browser.open(
      export(script.timeline, as: .html), at: "#event=\(script.cursor)",
      script: Self.read([script.cursor], style: "width: 500px"))
    let lines = try #require(page.text(of: "seen")).split(separator: "\n")
    #expect(lines.contains("    ← task created"))
  }

  private func expectSameLoop(
    in timeline: Timeline, step: Int, at location: SourceLocation = #_sourceLocation
  ) async throws {
    let cursors = Array(stride(from: 0, through: timeline.events.count, by: step))
    let page = try await browser.open(
      export(timeline, as: .html), script: Self.read(cursors, style: "width: 1700px"))
    #expect(page.complaints == [], sourceLocation: location)
    let seen = try #require(page.text(of: "seen")).components(separatedBy: "\n\n")
    #expect(seen.count == cursors.count, sourceLocation: location)
    for (cursor, seen) in zip(cursors, seen) {
      let lines = seen.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(lines == screen(timeline, at: cursor), "at \(cursor)", sourceLocation: location)
    }
  }

  /// Goes to moments one after the other, and writes down the lines of the loop pane.
  private static func read(_ cursors: [Int], style: String) -> String {
    """
    (async () => {
      byID("loop").style.cssText = "position: fixed; top: 0; height: 1590px; \(style)";
      dispatchEvent(new Event("resize"));
      byID("tree").style.width = "50%";
      await new Promise(done => setTimeout(done));
      const seen = [];
      for (const cursor of \(cursors)) {
        byID("seek").value = cursor;
        byID("seek").dispatchEvent(new Event("input"));
        await new Promise(done => setTimeout(done));
        const rows = [...document.querySelectorAll("#loop-list .row")].filter(row => !row.hidden);
        seen.push(rows.map(row => row.textContent).join("\\n"));
      }
      const list = document.createElement("pre");
      list.id = "seen";
      list.textContent = seen.join("\\n\\n");
      document.body.append(list);
    })();
    """
  }

  /// What the loop pane of the screen shows, when it has room for all.
  private func screen(_ timeline: Timeline, at cursor: Int) -> [String] {
    let header = RunHeader(program: ["demo.py"], clock: .real, runtime: "x")
    var model = Model(
      size: Size(columns: 300, rows: 300), header: header, isLive: false, panes: [.loop])
    model.load(timeline)
    model.show(cursor)
    let lines = view(of: model).lines.map { $0.trimmingCharacters(in: .whitespaces) }
    return lines.drop { !$0.hasPrefix("── loop") }.dropFirst().dropLast().filter { !$0.isEmpty }
  }
}
