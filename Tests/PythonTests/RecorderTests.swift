import Foundation
import PythonSupport
import Testing
import TmuxSupport

@testable import Python

/// The recorder's own checks, written in Python, in short: `make python-suite` runs them in full.
///
/// They run beside everything else, at a lower priority, so that what a terminal is waited for comes first.
@Suite(
  .serialized, .whereInterpretersAre)
struct RecorderTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "recorder/python_suite.py").path

  @Test(
    arguments: [
      (
        "control",
        "it holds, steps, jumps, keeps to its limits, and survives a kill and a full disk"
      ),
      ("fidelity", "programs print the same, and end the same, with it and without"),
      ("ways", "so they do on a virtual clock, with tasks only and in a ring"),
      ("programs", "so do programs made by chance, and their recordings keep the rules"),
      ("suite", "CPython's own tests of asyncio fare the same with it and without"),
    ])
  func `with the recorder a program is what it is without`(part: String, means: String) async throws
  {
    let python = try #require(Interpreters.installed.last).path
    let answer = try await runAside([
      "nice", python, Self.script, "--short", "--only", part, "--jobs", "4",
    ])
    let lines = answer.output.split(separator: "\n", omittingEmptySubsequences: false)
    print(lines.filter { !$0.hasPrefix("[") }.joined(separator: "\n"))
    let differing = lines.drop { !$0.contains("DIFFERS") }.joined(separator: "\n")
    #expect(answer.status == 0, "\(means):\n\(differing.isEmpty ? answer.output : differing)")
  }
}
