import Export
import Foundation
import Insight
import TUI
import Testing
import Trace
import TraceSamples

/// The page in a real browser, where one is installed.
@Suite(.serialized, .enabled(if: Browser.isInstalled)) struct PageBrowserTests {
  private let browser: Browser

  init() throws { browser = try #require(Browser.installed) }

  @Test(arguments: [
    ("gather", 1), ("gather", 57), ("gather", 143), ("never-awaited", 40), ("order", 90),
  ])
  func `the lanes are as the screen shows them`(example: String, event: Int) async throws {
    let (header, timeline) = try postRecording(of: example)
    let cursor = min(event, timeline.events.count)
    let page = try await browser.open(
      export(header, timeline, as: .html), at: "#event=\(cursor)&lane=1")
    #expect(page.complaints == [])
    let lanes = screen(header, timeline, at: cursor)
    #expect(!lanes.isEmpty && page.lanes.map(\.name) == lanes.map(\.name))
    #expect(page.lanes.map(\.state) == lanes.map(\.state))
    let moment = timeline.moment(at: cursor)
    #expect(page.text(of: "event") == "event \(cursor) of \(timeline.events.count)")
    #expect(page.text(of: "step") == "step \(moment.step) of \(timeline.stepCount)")
    #expect(page.text(of: "tick") == "tick \(moment.tick)")
    #expect(page.text(of: "time") == timeText(moment.time))
    #expect(page.text(of: "playing") == "❚❚ paused")
  }

  @Test func `what a lane stands in line for is told as it is at the moment`() async throws {
    let timeline = PageDataTests.queueing().timeline
    let html = try export(timeline, as: .html)
    let full = timeline.events.indices.first { event in
      timeline.stateWords(of: LaneID(1), at: event).hasSuffix("(2 of 2 items)")
    }
    let cursor = try #require(full)
    let page = try await browser.open(html, at: "#event=\(cursor)")
    #expect(page.lanes.first?.state == "◎ waiting for room in jobs (2 of 2 items)")
    let later = try await browser.open(html, at: "#event=\(cursor + 2)")
    #expect(later.lanes.first?.state == "◎ waiting for room in jobs (1 of 2 items)")
  }

  @Test func `what the program is about and what the words mean wait to be opened`() async throws {
    let note = "Which line gives the loop away?\n- <b>This</b> & that."
    let header = RunHeader(
      program: ["demo.py"], clock: .virtual, runtime: "x",
      sources: [.init(name: "demo.py", text: "'''Who speaks first?\n\n\(note)\n'''\n")])
    let timeline = randomTimeline(seed: 1)
    // A summary that has the focus is opened by a space, which plays elsewhere.
    let page = try await browser.open(
      export(header, timeline, as: .html),
      script: """
        const space = { key: " ", bubbles: true, cancelable: true };
        const isLeft = byID("lesson-title").dispatchEvent(new KeyboardEvent("keydown", space));
        byID("lesson").dataset.seen = `${isLeft} ${byID("lesson").open} ${byID("lesson").hidden}`;
        """)
    #expect(page.complaints == [])
    #expect(page.text(of: "lesson-title") == "Who speaks first?")
    #expect(page.text(of: "lesson-note") == note)
    #expect(page.dom.contains("data-seen=\"true false false\""))
    #expect(page.text(of: "playing") == "❚❚ paused")
    #expect(page.dom.contains("<dt>ready queue</dt><dd>the handles that can run now, in the order"))
    let plain = try await browser.open(export(timeline, as: .html))
    #expect(plain.dom.contains("<details id=\"lesson\" hidden=\"\">"))
  }

  /// What the lanes pane shows, when it has room for all.
  private func screen(
    _ header: RunHeader, _ timeline: Timeline, at cursor: Int
  ) -> [(name: String, state: String)] {
    var model = Model(
      size: Size(columns: 300, rows: 100), header: header, isLive: false, panes: [])
    model.load(timeline)
    model.show(cursor)
    return view(of: model).lines.dropFirst(2).prefix(timeline.laneCount(at: cursor)).map { line in
      let cells = Array(line)
      let part = { (range: Range<Int>) in
        String(cells[range.clamped(to: 0..<cells.count)]).trimmingCharacters(in: .whitespaces)
      }
      // The names, a `!` where the runtime complained, and the states, each in its columns.
      return (part(1..<29), part(30..<82))
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `the same keys lead to the same moments and lanes`(seed: UInt64) async throws {
    let timeline = randomTimeline(seed: seed, events: 600)
    let header = RunHeader(program: ["demo.py"], clock: .virtual, runtime: "x")
    var random = SeededGenerator(seed: seed)
    let keys = (0..<80).compactMap { _ in
      [
        ".", ".", ">", "<", ",", "3", "7", "End", "Home", "PageUp", "PageDown", "ArrowRight",
        "ArrowLeft", "j", "k", "ArrowDown", "g", "G", "Escape",
      ].randomElement(using: &random)
    }
    let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
    let page = try await browser.open(
      export(header, timeline, as: .html), script: Self.press(names))
    #expect(page.complaints == [])

    var model = Model(
      size: Size(columns: 300, rows: 100), header: header, isLive: false, panes: [])
    model.load(timeline)
    let expected = keys.map { key in
      _ = model.update(.key(Self.key(key)))
      let lane = model.selected.map { timeline.label(of: $0) } ?? ""
      return "\(key) event \(model.cursor) of \(timeline.events.count) \(lane)"
    }
    let seen = page.text(of: "seen")?.split(separator: "\n").map(String.init) ?? []
    #expect(seen.count == keys.count)
    for (seen, expected) in zip(seen, expected) { #expect(seen == expected) }
  }

  /// Presses keys, and writes down after each where the page then stands, once it has drawn that: a
  /// timer comes after those that were set before it.
  private static func press(_ keys: String) -> String {
    """
    (async () => {
      const seen = [];
      for (const key of [\(keys)]) {
        document.dispatchEvent(new KeyboardEvent("keydown", { key }));
        await new Promise(done => setTimeout(done));
        const rows = [...document.querySelectorAll("#tree .row[aria-selected='true']")];
        const name = rows.find(row => !row.hidden)?.querySelector(".name").textContent ?? "";
        seen.push(`${key} ${byID("event").textContent} ${name}`);
      }
      const list = document.createElement("pre");
      list.id = "seen";
      list.textContent = seen.join("\\n");
      document.body.append(list);
    })();
    """
  }

  private static func key(_ name: String) -> Key {
    switch name {
    case "End": Key(.end)
    case "Home": Key(.home)
    case "PageUp": Key(.pageUp)
    case "PageDown": Key(.pageDown)
    case "ArrowRight": Key(.right)
    case "ArrowLeft": Key(.left)
    case "ArrowDown": Key(.down)
    case "Escape": Key(.escape)
    default: Key(name.first ?? " ")
    }
  }

  @Test func `what is wrong with the recording stands in the header`() async throws {
    var script = Script()
    script.add(.dropped(count: 2))
    script.add(.dropped(count: 1))
    let header = RunHeader(program: ["demo.py"], clock: .real, runtime: "x")
    var exporter = Exporter(header: header, timeline: script.timeline)
    exporter.notices = ["The recording breaks off in line 7 <b>."]
    var html = ""
    var pieces = TextPieces { html += $0 }
    try exporter.write(.html, to: &pieces)
    let page = try await browser.open(html, at: "#event=0")
    let start = "id=\"notices\" role=\"note\" aria-label=\"about the recording\""
    #expect(
      page.dom.contains(
        start + "><p>The recording breaks off in line 7 &lt;b&gt;.</p><p>3 events were lost.</p></")
    )
    let whole = try await browser.open(export(Script().timeline, as: .html))
    #expect(whole.dom.contains(start + " hidden"))
  }

  @Test func `hostile names are shown and not obeyed`() async throws {
    let (header, timeline) = PageTests.hostileRun()
    let page = try await browser.open(
      export(header, timeline, as: .html), at: "#event=\(timeline.events.count)&lane=1")
    #expect(page.complaints == [])
    #expect(page.lanes.map { String($0.name) } == PageTests.hostile.map { plain($0) })
    #expect(!page.dom.contains("<title>pwned"))
  }

  @Test func `with no sense in a run, the page stands`() async throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      var timeline = Timeline()
      timeline.append(Garbage.batch(seed: seed, events: 400))
      let page = try await browser.open(
        export(timeline, as: .html), script: Self.press("\"5\", \".\", \"a\", \"v\", \"x\", \"x\""))
      #expect(page.complaints == [])
      #expect(page.text(of: "seen")?.split(separator: "\n").count == 6)
    }
  }
}
