import Testing

@testable import TUI

struct SourceLinesTests {
  @Test(arguments: [
    ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\nb", ["a", "b"]), ("\n\n", ["", "", ""]),
    ("a\r\nb\r\n", ["a", "b", ""]), ("é\n🐈\n", ["é", "🐈", ""]), ("a\rb\n", ["a\rb", ""]),
  ])
  func `a text is cut at its line ends`(text: String, expected: [String]) {
    let lines = SourceLines(text)
    #expect((0..<lines.count).map { String(lines.line($0)) } == expected)
  }
}
