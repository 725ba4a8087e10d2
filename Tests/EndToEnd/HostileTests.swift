import Foundation
import Testing
import TmuxSupport

/// Recordings come from anywhere: whatever their texts hold, the screen stands.
@Suite(.whereTmuxIs, .inTerminals)
struct HostileTests {
  /// A recording of a lane that prints a text.
  private func recording(name: String = "main()", printing text: String) throws -> String {
    let quoted = { (text: String) in
      String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    }
    return """
      {"loopscope":1,"clock":"virtual","unit":"ns","program":["cats"],"runtime":"CPython 3.13.0"}
      ["s",1,\(try quoted(name))]
      ["cn",0,1,1,0,0,5]
      ["s",2,"Task-1"]
      ["tn",0,1,1,2]
      ["hs",0,1,"step",1,"created"]
      ["lt",0,1]
      ["hb",0,1]
      ["cs",0,1]
      ["s",3,\(try quoted(text))]
      ["po",0,3,1]
      ["cv",0,1]
      ["fd",0,1,"result"]
      ["he",0]
      ["le",0]

      """
  }

  static let texts = [
    "escapes":
      "\u{1B}[2J\u{1B}[31mred\u{1B}]0;title\u{07}\u{1B}[?1049l\u{1B}c\u{9B}5;5Hx\r\u{08}\u{0C}\n",
    "megabyte": String(repeating: "A", count: 1_000_000) + "\n",
    "wide": "日本語のテキスト 한국어 " + String(repeating: "全角", count: 100) + "\n",
    "emoji": "👩‍👩‍👧‍👦 👍🏽 🇩🇪 ☝️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 " + String(repeating: "😀", count: 100) + "\n",
    "bidi": "\u{202E}evil\u{202C} \u{2066}x\u{2069} שלום عربى \u{200B}\u{FEFF}\n",
    "marks": "e" + String(repeating: "\u{301}", count: 1000) + " Z̸̢͓a͓͝l͓g̸o\n",
    // To sort as many takes minutes.
    "many marks": "a" + String(repeating: "\u{301}\u{323}", count: 100_000),
    "controls": String(String.UnicodeScalarView((1...0x9F).compactMap(Unicode.Scalar.init))) + "\n",
    "lines": String(repeating: "\n", count: 5000),
  ]

  @Test(arguments: texts.keys.sorted())
  func `whatever is printed the rest of the screen is the same`(text: String) async throws {
    let scratch = try Scratch()
    let harmless = try scratch.write(recording(printing: "meow\n"), to: "harmless.jsonl")
    let hostile = try scratch.write(
      recording(printing: try #require(Self.texts[text])), to: "hostile.jsonl")
    let quiet = try await open("play", harmless, "--step")
    let tmux = try await open("play", hostile, "--step")
    for terminal in [quiet, tmux] {
      try terminal.send(Keys.end)
      try await terminal.wait(for: "event 11")
    }
    let title = tmux.format("#{pane_title}")
    let expected = try quiet.screen()
    let shown = try tmux.screen()
    #expect(shown.count == 30)
    let edge = try #require(expected[12].firstRange(of: "─ output ─")).lowerBound
    let column = expected[12].distance(from: expected[12].startIndex, to: edge)
    for (row, line) in expected.enumerated() {
      let isOutput = (13...28).contains(row)
      #expect(shown[row].prefix(isOutput ? column : 100) == line.prefix(isOutput ? column : 100))
    }
    // Of a line that fills the pane and more, the row with the lane's name is above it.
    let isLong = ["megabyte", "wide"].contains(text)
    let output = shown[13...28].map { $0.dropFirst(column) }
    #expect(
      output.contains { $0.contains("main() │ ") }
        || isLong && output.allSatisfy { $0.contains(" │ ") }
        || text == "lines")
    #expect(tmux.format("#{alternate_on}#{cursor_flag}") == "10")
    #expect(tmux.format("#{pane_title}") == title)
    // Nothing of it comes back when the panes come and go.
    try tmux.send("eoo" + Keys.home)
    try await tmux.wait(for: "─ events ─")
    try await tmux.quit()
  }

  @Test(arguments: texts.keys.sorted())
  func `a lane may have any name`(text: String) async throws {
    let scratch = try Scratch()
    let hostile = try scratch.write(
      recording(name: try #require(Self.texts[text]), printing: "meow\n"), to: "hostile.jsonl")
    let tmux = try await open("play", hostile, "--step")
    try tmux.send(Keys.end + Keys.enter + "e")
    let screen = try await tmux.wait(for: "─ inspector ─")
    #expect(screen[0].hasPrefix(" cats"))
    #expect(screen[1].hasPrefix("─ lanes 1 ─"))
    #expect(screen[2].contains("✓ DONE"))
    #expect(screen[29].hasPrefix(" space play"))
    try await tmux.quit()
  }

  @Test(arguments: texts.keys.sorted())
  func `nothing printed in a pipe could move a terminal's cursor`(text: String) throws {
    let scratch = try Scratch()
    let hostile = try scratch.write(
      recording(name: try #require(Self.texts[text]), printing: try #require(Self.texts[text])),
      to: "hostile.jsonl")
    let harmless = try scratch.write(recording(printing: "meow\n"), to: "harmless.jsonl")
    for command in [
      ["play"], ["snapshot"], ["events"], ["why"], ["diff"], ["diff", "--json"], ["path"],
      ["path", "--json"], ["stats"], ["stats", "--json"], ["findings"], ["findings", "--json"],
      ["export", "--format", "csv"], ["export", "--format", "svg"],
      ["export", "--format", "html"], ["export", "--format", "asciicast"],
      ["export", "--format", "chrome"],
    ] {
      let rest = command == ["why"] ? [""] : command.first == "diff" ? [harmless] : []
      let answer = try loopscope(all: command + [hostile] + rest)
      #expect(answer.status == (command.first == "diff" ? 1 : 0))
      for scalar in answer.output.unicodeScalars {
        let isControl = scalar.value < 32 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value)
        #expect(!isControl, "\(command)")
        if isControl { break }
      }
    }
  }
}
