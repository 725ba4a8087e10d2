import Testing
import TraceSamples

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

  @Test func `which text there is not is said in full`() {
    var run = Script()
    _ = run.lane("get()", file: "asyncio/queues.py")
    let lines = view(of: run.model(panes: [.loop, .source, .output])).lines
    #expect(lines.contains { $0.contains("│ The run has no text of") })
    #expect(lines.contains { $0.contains("│ asyncio/queues.py. ") })
  }
}
