import Testing

@testable import TUI

@Suite struct TextTests {
  static let table: [(String, String, columns: Int)] = [
    ("plain", "plain", 5),
    ("\u{1B}[31mred", "␛[31mred", 8),
    ("a\tb\r\nc\u{7F}", "a␉b␍␊c␡", 7),
    ("\u{9B}31m", "\u{FFFD}31m", 4),
    ("left\u{202E}right", "left\u{FFFD}right", 10),
    ("soft\u{AD}hyphen\u{200B}", "soft\u{FFFD}hyphen\u{FFFD}", 12),
    ("é", "é", 1),
    ("e\u{301}", "e\u{301}", 1),
    ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "e\u{301}\u{302}\u{303}\u{304}", 1),
    ("\u{301}a", "\u{FFFD}a", 2),
    ("日本", "日本", 4),
    ("한글", "한글", 4),
    ("│─█░▒▶●◐", "│─█░▒▶●◐", 8),
    ("👍🏽", "👍", 2),
    ("👨‍👩‍👧", "👨", 2),
    ("❤️", "❤", 1),
    ("🇪🇺", "🇪", 1),
    ("\u{E000}\u{10FFFF}\u{378}", "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
    // Younger than Unicode 14: the shaking face of Unicode 15.
    ("\u{1FAE8}", "\u{FFFD}", 1),
    ("\u{2028}\u{2029}\u{FEFF}", "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
  ]

  @Test(arguments: table)
  func `a text is shown without what could upset a terminal`(
    raw: String, shown: String, columns: Int
  ) {
    var frame = Frame(size: Size(columns: 20, rows: 1))
    #expect(frame.text(raw, x: 0, y: 0) == columns)
    #expect(frame.lines == [shown])
    #expect(TUI.columns(of: raw) == columns)
    #expect(TUI.clipped(raw, to: 20) == shown)
  }

  @Test(arguments: [
    ("coroutine", 9, "coroutine"), ("coroutine", 5, "coro…"), ("coroutine", 1, "…"),
    ("coroutine", 0, ""), ("coroutine", -3, ""), ("", 0, ""), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"), ("日本", 4, "日本"), ("日", 1, "…"), ("e\u{301}tude", 3, "e\u{301}t…"),
    ("\u{1B}[2J", 3, "␛[…"),
  ])
  func `what does not fit is cut and ends with an ellipsis`(
    text: String, limit: Int, cut: String
  ) {
    #expect(clipped(text, to: limit) == cut)
    #expect(clipped(text[...], to: limit) == cut)
  }

  @Test func `the width of a text is the sum of its characters at every cut`() {
    let text = "ab日e\u{301}▶👍🏽\u{1B}한"
    for end in text.indices {
      let start = text[..<end]
      #expect(columns(of: start) == start.reduce(0) { $0 + columns(of: $1) })
    }
  }

  @Test func `the short ways to a width say what the table says`() {
    for value in UInt32(0x20)..<0x20000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let width = columns(ofSanitised: scalar)
      if width != tabledColumns(value) { Issue.record("U+\(String(value, radix: 16)): \(width)") }
    }
  }

  @Test func `what is taken for solitary has a shape, is old and makes a cluster of its own`() {
    for value in UInt32(0x20)..<0xE000 where Glyph.isSolitary(value) && value != 0x7F {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      let isShown =
        switch properties.generalCategory {
        case .control, .format, .unassigned, .nonspacingMark, .enclosingMark, .spacingMark: false
        default: (properties.age?.major ?? 99) <= 14
        }
      let isAlone = "a\(scalar)a\(scalar)\(scalar)".count == 5
      if !isShown || !isAlone { Issue.record("U+\(String(value, radix: 16))") }
    }
  }
}
