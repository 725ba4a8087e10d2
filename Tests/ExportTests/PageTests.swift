import Export
import Foundation
import Insight
import Testing
import Trace
import TraceSamples

/// The run as a page.
@Suite struct PageTests {
  static let hostile = [
    "</script><script>document.title='pwned'</script>", "<!--<script>", "]]>\" ' & &lt;",
    "\u{1B}]0;pwned\u{7}", "\u{202E}evil\u{2066}", "a\u{2028}b\u{2029}c", "\u{0}\u{85}",
    "${1}`\\u003c\\", "__proto__",
  ]

  /// A run in which everything that may have a name has a hostile one.
  static func hostileRun() -> (header: RunHeader, timeline: Timeline) {
    var script = Script()
    for text in hostile {
      let lane = script.lane(text, file: text, line: 1)
      let task = script.task(lane, named: text)
      script.step(task.firstStep) { script in
        script.start(lane)
        script.print(text, by: lane)
        script.add(.warned(script.text(text), by: lane))
        script.add(.coroutineRaised(lane, exception: script.text(text)))
      }
    }
    script.add(.runEnded(exception: script.text(hostile[0])))
    let sources = hostile.map { RunHeader.SourceText(name: $0, text: $0) }
    return (
      RunHeader(program: hostile, clock: .real, runtime: hostile[0], sources: sources),
      script.timeline
    )
  }

  @Test func `no text of the run comes out of the block of data`() throws {
    let (header, timeline) = Self.hostileRun()
    let text = try export(header, timeline, as: .html)
    // The data, the script, and no other.
    #expect(text.ranges(of: "<script").count == 2)
    #expect(text.ranges(of: "</script").count == 2)
    #expect(!text.contains("<!--<script"))
    for scalar in text.unicodeScalars where scalar != "\n" {
      let isControl = scalar.properties.generalCategory == .control
      let isMark = scalar.properties.generalCategory == .format
      let isSeparator = (0x2028...0x2029).contains(scalar.value)
      if isControl || isMark || isSeparator {
        Issue.record("U+\(String(scalar.value, radix: 16)) stands in the page")
      }
    }
    let page = try PageReader(text)
    #expect(page.text("program") == plain(Self.hostile.joined(separator: " ")))
    #expect(page.lanes.indices.map(page.name) == Self.hostile.map { plain($0) })
    let title = try #require(text.firstRange(of: "<title>"))
    #expect(text[title.upperBound...].hasPrefix("&lt;/script&gt;&lt;script&gt;document.title"))
  }

  @Test func `it asks for nothing, and makes no markup of data`() throws {
    let text = try export(Script().timeline, as: .html)
    #expect(text.contains("content=\"default-src 'none'; script-src 'unsafe-inline';"))
    for word in [
      "http:", "https:", "src=", "url(", "@import", "import(", "fetch(", "XMLHttpRequest",
      "WebSocket", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
      "Function(", "{{", "}}\n",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test func `the same run makes the same page`() throws {
    let timeline = randomTimeline(seed: 3)
    #expect(try export(timeline, as: .html) == export(timeline, as: .html))
  }

  @Test func `the states' colours are the terminal's, darker on a light ground`() throws {
    let text = try export(Script().timeline, as: .html)
    let light = try #require(text.firstMatch(of: /:root { (.+) }/)).1
    let dark = try #require(text.firstMatch(of: /dark\) { :root { (.+) } }/)).1
    // 34, 32 and 245 of the 256 colours of xterm.
    for colour in ["--running: #00af00;", "--sleeping: #0087d7;", "--pending: #8a8a8a;"] {
      #expect(dark.contains(colour))
    }
    #expect(light.contains("--running: #008300;"))
    #expect(dark.contains("--match: #000000; --match-ground: #ffd700;"))
  }

  @Test func `every colour of letters can be read on its ground`() throws {
    let text = try export(Script().timeline, as: .html)
    let light = try #require(text.firstMatch(of: /:root { (.+) }/)).1
    let dark = try #require(text.firstMatch(of: /dark\) { :root { (.+) } }/)).1
    for (colours, ground) in [(light, "ffffff"), (dark, "121212")] {
      #expect(text.contains("--ground: #\(ground);"))
      var count = 0
      for (_, name, colour) in colours.matches(of: /--(\w+): #(\w+);/).map(\.output) {
        // Some have a ground of their own.
        let own = try Regex("--\(name)-ground: #(\\w+);")
        let under = colours.firstMatch(of: own)?.output[1].substring ?? Substring(ground)
        let contrast = Self.contrast(of: colour, on: under)
        #expect(contrast >= 4.5, "\(name) on \(ground)")
        count += 1
      }
      #expect(count > 20)
    }
  }

  /// As the Web Content Accessibility Guidelines define it.
  private static func contrast(of colour: Substring, on ground: Substring) -> Double {
    let luminances = [colour, ground].map { text in
      let number = Int(text, radix: 16) ?? 0
      let parts = [16, 8, 0].map { shift in
        let part = Double(number >> shift & 255) / 255
        return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    .sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  @Test func `a run that is too long for a browser is refused before anything is written`() throws {
    var timeline = Timeline()
    let mark = Event(time: 0, fact: .marked(.empty))
    timeline.append(Batch(texts: [], events: Array(repeating: mark, count: 1_500_001)))
    var written = ""
    var pieces = TextPieces { written += $0 }
    let header = RunHeader(program: ["demo.py"], clock: .real, runtime: "x")
    let error = #expect(throws: ExportError.self) {
      try Exporter(header: header, timeline: timeline).write(.html, to: &pieces)
    }
    #expect(error?.description.hasPrefix("The run has 1500001 events, and a page 1500000") == true)
    #expect(written.isEmpty)
  }

  @Test func `a text that nobody could read is cut`() throws {
    var script = Script()
    let lane = script.lane("a()")
    script.print(String(repeating: "é", count: 1_000_000), by: lane)
    let output = try PageReader(script.timeline).output()
    #expect(output[0].text == String(repeating: "é", count: 10_000) + "…")
  }

  @Test func `a run without lanes, and one without events, are pages too`() throws {
    var script = Script()
    #expect(try PageReader(script.timeline).lanes.isEmpty)
    script.add(.runEnded(exception: .empty))
    #expect(try PageReader(script.timeline).sentences() == ["the run ended"])
  }
}
