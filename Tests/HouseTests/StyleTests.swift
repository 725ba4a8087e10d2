import Foundation
import Testing

/// What no file may hold.
@Suite struct StyleTests {
  /// The file that wraps the executor and the one that wraps a lock with a condition, which the
  /// standard library has not. In each a comment proves why it holds.
  private static let exempt = ["Sources/Loop/Executor.swift", "Sources/Loop/Threads/Monitor.swift"]

  @Test func `no file is longer than 300 lines`() throws {
    for file in try SwiftFile.project.get() {
      #expect(
        file.lineCount <= 300, "\(file) has \(file.lineCount) lines: which two things is it?")
    }
  }

  @Test func `nothing is forced and nothing is unchecked`() throws {
    for file in try SwiftFile.project.get() where !Self.exempt.contains(file.path) {
      for (number, line) in forced(in: file.text) {
        Issue.record("\(file):\(number): \(line)")
      }
    }
  }

  @Test(
    arguments: [
      "let a = b!", "let a = b!.c", "let a: Int!", "let a = b as! Int", "try! f()", "a[0]! + 1",
      "f()!", "let s = \"\\(a!)\"", "struct S: @unchecked Sendable {}", "nonisolated(unsafe) var a",
    ])
  func `a forced or unchecked thing is seen`(line: String) {
    #expect(forced(in: line).count == 1)
  }

  @Test(
    arguments: [
      "if a != b {}", "let a = !b", "(!a)", "\"Hey!\"", "// really!", "/* a! */", "a ? !b : c",
      "let s = #\"a! \"b! \"#", "\"\"\"\n  never! \"try!\"\n\"\"\"", "\"\\\"a!\"", "#if !os(Linux)",
    ])
  func `a harmless exclamation mark is not`(line: String) {
    #expect(forced(in: line).isEmpty)
  }

  @Test func `no file names a place on somebody's machine`() throws {
    let places = ["work", "home", "Users", "root"].map { "/\($0)/" }
    for path in try projectFiles() where !path.hasSuffix(".gz") {
      let data = try Data(contentsOf: projectRoot.appending(path: path))
      let text = String(decoding: data, as: UTF8.self)
      for place in places { #expect(!text.contains(place), "\(path) names \(place)") }
    }
  }

  @Test func `every file is a text, or a compressed one, and none is large`() throws {
    for path in try projectFiles() {
      let data = try Data(contentsOf: projectRoot.appending(path: path))
      #expect(data.count < 500_000, "\(path) has \(data.count) bytes")
      #expect(path.hasSuffix(".gz") || !data.contains(0), "\(path) is no text")
    }
  }

  private func forced(in text: String) -> [(number: Int, line: String)] {
    let unchecked = ["@unchecked", "nonisolated(unsafe)", "unsafeBitCast"]
    return code(of: text).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { _, line in
        (line.contains("!") && line.contains(/[\w)\]"]!(?!=)/))
          || unchecked.contains { line.contains($0) }
      }
      .map { ($0.offset + 1, String($0.element)) }
  }
}
