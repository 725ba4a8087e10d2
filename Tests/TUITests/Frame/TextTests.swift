import Testing
import TraceSamples

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

  @Test(arguments: [
    ("coroutine", 9, "coroutine"), ("coroutine", 4, "tine"), ("coroutine", 0, ""),
    ("coroutine", -3, ""), ("", 4, ""), ("日本語", 5, "本語"), ("日本語", 1, ""),
    ("tude\u{301}", 2, "de\u{301}"), ("\u{1B}[2J", 3, "[2J"),
  ])
  func `of what is typed the end is shown`(text: String, limit: Int, end: String) {
    #expect(ending(of: text, in: limit) == end)
  }

  @Test func `the width of a text is the sum of its characters at every cut`() {
    let text = "ab日e\u{301}▶👍🏽\u{1B}한"
    for end in text.indices {
      let start = text[..<end]
      #expect(columns(of: start) == start.reduce(0) { $0 + columns(of: String($1)) })
    }
  }

  @Test func `the short ways to a width say what the table says`() {
    for value in UInt32(0x20)..<0x20000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let width = columns(ofSanitised: scalar)
      if width != tabledColumns(value) { Issue.record("U+\(String(value, radix: 16)): \(width)") }
    }
  }

  /// Scalars that join, or do not, in every way that there is but one: of a line end, both are shown.
  private static let tricky: [Unicode.Scalar] = [
    "a", "é", "日", "한", "▶", "❤", "©", "♂", " ", "\r", "\u{1B}", "\u{7F}", "\u{85}", "\u{AD}",
    "\u{300}", "\u{308}", "\u{36F}", "\u{483}", "\u{200D}", "\u{200D}", "\u{200C}", "\u{200B}",
    "\u{FE0E}",
    "\u{FE0F}", "\u{FE0F}", "\u{20E3}", "🐈", "🚀", "👩", "👍", "🤝", "🩰", "\u{1F3FD}", "\u{1F3FB}", "🇨",
    "🇭", "🇨",
    "\u{1F53E}", "\u{600}", "\u{903}", "\u{915}", "\u{94D}", "\u{1100}", "\u{1161}", "\u{11A8}",
    "\u{E0061}",
    "\u{E000}", "\u{10FFFF}", "1", "#",
  ]

  @Test func `borders are found in UTF-8 where Swift finds them`() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...7, using: &random) {
        text.unicodeScalars.append(Self.tricky.randomElement(using: &random) ?? "a")
      }
      let glyphs = text.map { Glyph($0.unicodeScalars) }
      var found: [Glyph] = []
      text[...].forEachGlyph { base, width, marks in
        var glyph = Glyph(base)
        glyph.marks = marks
        #expect(glyph.width == width)
        found.append(glyph)
        return true
      }
      guard found != glyphs else { continue }
      let scalars = text.unicodeScalars.map { String($0.value, radix: 16) }
      Issue.record("\(scalars): \(found) and not \(glyphs)")
      return
    }
  }

  @Test func `what is taken for a pictograph is old, shown and joins others`() {
    for value in UInt32(0x1F000)..<0x20000 where Glyph.isPictograph(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let age = scalar.properties.age?.major ?? 99
      let joins = "\(scalar)\u{200D}\(scalar)".count == 1
      let isAlone = "a\(scalar)a\(scalar)\(scalar)".count == 5
      if age > 14 || !joins || !isAlone { Issue.record("U+\(String(value, radix: 16))") }
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

  @Test func `a time is not broken between its number and its unit`() {
    let text = "it took 3.000 s, and 20 µs more"
    #expect(wrapped(text[...], to: 12) == ["it took", "3.000 s, and", "20 µs more"])
    #expect(wrapped("2 steps", to: 5) == ["2", "steps"])
    #expect(wrapped("a longer word", to: 8, first: 3) == ["a", "longer", "word"])
    #expect(wrapped("longer word", to: 8, first: 3) == ["", "longer", "word"])
  }
}
