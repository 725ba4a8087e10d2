import Demos
import Foundation
import Testing
import Trace

@testable import TUI

/// The help, the README and the keys agree.
struct KeyHelpTests {
  private static let keys = Set(
    KeyHelp.sections.flatMap(\.keys).flatMap { words($0.keys) })

  /// The keys of one entry; `0 … 9` is the first and the last of them.
  private static func words(_ entry: some StringProtocol) -> [String] {
    String(entry).replacing("−", with: "-").split(separator: " ").map(String.init)
      .filter { !["or", "and", "…"].contains($0) }
      .map { $0.count > 1 && $0.hasSuffix(",") ? String($0.dropLast()) : $0 }
  }

  private static let named: [String: Key] = [
    "space": Key(" "), "→": Key(.right), "←": Key(.left), "↑": Key(.up), "↓": Key(.down),
    "PgUp": Key(.pageUp), "PgDn": Key(.pageDown), "Home": Key(.home), "End": Key(.end),
    "Esc": Key(.escape), "Enter": Key(.enter), "Tab": Key(.tab), "Shift-Tab": Key(.backTab),
    "Backspace": Key(.backspace), "F1": Key(.function(1)), "Ctrl-C": Key("c", .control),
    "Ctrl-Z": Key("z", .control), "Ctrl-L": Key("l", .control),
  ]

  private static func readme() throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    return try String(contentsOf: file, encoding: .utf8)
  }

  private func key(_ name: String) throws -> Key {
    if let key = Self.named[name] { return key }
    return Key(try #require(name.count == 1 ? name.first : nil, "\(name) is no key"))
  }

  /// A run of some steps with two lanes and output, in its middle.
  private func model() throws -> Model {
    let screen = DemoScreen(try #require(Demo.named("order")), columns: 100, rows: 30)
    for _ in 0..<6 { screen.step() }
    screen.type(",,")
    return screen.model
  }

  @Test func `each key of the help does something`() throws {
    for name in Self.keys {
      let before = try model()
      var model = before
      let effects = model.update(.key(try key(name)))
      #expect(model.message != "No such key. ? lists them.", "\(name)")
      let isAnswered =
        !effects.isEmpty || model.message != nil || view(of: model) != view(of: before)
        || model.chosen != before.chosen || model.filter != before.filter
      // What is so already is no change: these have something to undo, or a speed to go back to.
      let isIdle = ["Esc", "c", "="].contains(name)
      #expect(isAnswered || isIdle, "\(name)")
    }
  }

  @Test func `the help tells what the marks mean and what the mouse does`() throws {
    var model = try model()
    _ = model.update(.key(Key("?")))
    for _ in 0..<20 { _ = model.update(.key(Key(.pageDown))) }
    let lines = view(of: model).lines
    for text in ["│  ◆ a marker", "│  ▼ the moment shown", "A click chooses a lane"] {
      #expect(lines.contains { $0.contains(text) }, "\(text)")
    }
  }

  /// All that one sees while scrolling through the help.
  private func linesOfHelp() throws -> Set<String> {
    var model = try model()
    _ = model.update(.key(Key("?")))
    var lines: Set<String> = []
    for _ in 0..<100 {
      lines.formUnion(view(of: model).lines)
      _ = model.update(.key(Key(.down)))
    }
    return lines
  }

  @Test func `the help says what its words mean, the README what is a step, a tick and an event`()
    throws
  {
    let lines = try linesOfHelp()
    for (word, meaning) in KeyHelp.words {
      let first = meaning.prefix(20)
      #expect(lines.contains { $0.contains("│  \(word) ") && $0.contains(first) }, "\(word)")
    }
    let readme = try Self.readme()
    let bold = readme.matches(of: /\*\*([a-z]+)\*\*/).map { String($0.1) }
    #expect(bold == ["handle", "step", "tick", "event"])
    #expect(Set(bold).isSubset(of: KeyHelp.words.map(\.word)))
  }

  @Test func `the help says what each state is`() throws {
    let lines = try linesOfHelp()
    for state in LaneState.allCases {
      let look = LaneLook(state)
      let meaning = KeyHelp.meaning(of: state)
      #expect(
        lines.contains { $0.contains("│  \(look.glyph) ") && $0.contains(meaning) }, "\(state)")
    }
  }

  @Test func `the README lists the keys that the help lists`() throws {
    let text = try Self.readme()
    let start = try #require(text.firstRange(of: "| key | does | key | does |"))
    let table = text[start.upperBound...].split(separator: "\n").dropFirst()
      .prefix { $0.hasPrefix("|") }
    let listed = table.flatMap { row -> [String] in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return Self.words(cells[0]) + Self.words(cells[2])
    }
    #expect(Set(listed) == Self.keys)
  }
}
