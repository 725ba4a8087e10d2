import TUI
import Testing
import Trace

@testable import Terminal

@Suite struct NamesTests {
  @Test(
    arguments: [
      ("en_GB.UTF-8", true), ("C.utf8", true), ("C.UTF-8", true), ("de_DE.UTF-8@euro", true),
      ("C", false), ("POSIX", false), ("", false), ("de_DE.ISO-8859-1", false), ("utf", false),
    ])
  func `a locale's name tells whether it means UTF-8`(name: String, isUTF8: Bool) {
    #expect(CharacterSet.namesUTF8(name) == isUTF8)
  }

  @Test(
    arguments: [
      ("\u{1B}[?1049l", "\u{1B}[?1049l"), ("\u{1B}[0m$<5>\u{0F}", "\u{1B}[0m\u{0F}"),
      ("$<50/>a$<2*>b", "ab"), ("$<", "$<"), ("a$b", "a$b"), ("", ""),
    ])
  func `delays are taken out of terminfo's strings`(text: String, plain: String) {
    #expect(TerminalType.withoutDelays(text) == plain)
  }

  @Test func `only well-known terminals have substitutes`() {
    #expect(TerminalType.substitutes(for: "xterm-ghostty").contains("xterm-256color"))
    #expect(TerminalType.substitutes(for: "tmux-256color").first == "screen-256color")
    #expect(TerminalType.substitutes(for: "dumb").isEmpty)
    #expect(TerminalType.substitutes(for: "teletype").isEmpty)
  }

  @Test func `every stand-in is a printable ASCII character`() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(0x20..<0x7F ~= Glyphs.ascii(scalar).value, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `states of lanes are told apart in ASCII too`() {
    let looks = LaneState.allCases.map { LaneLook($0) }
    #expect(Set(looks.map { Glyphs.ascii($0.glyph) }).count == looks.count)
    let bars = Set(looks.map(\.bar))
    #expect(Set(bars.map(Glyphs.ascii)).count == bars.count)
  }

  @Test(
    arguments: [
      ("┌─┐│└┘├┤┬┴┼", "+-+|+++++++"), ("█▓░▒ ", "##~= "), ("●○▶◀✓✗", "*o><vx"), ("é Ł ü", "e L u"),
      ("␛␀", "^^"), ("日", "?"), ("…·→", "~.>"), ("plain ~", "plain ~"),
    ])
  func `stand-ins keep the look of lines, bars and marks`(glyphs: String, ascii: String) {
    var shown = ""
    for scalar in glyphs.unicodeScalars { shown.unicodeScalars.append(Glyphs.ascii(scalar)) }
    #expect(shown == ascii)
  }
}
