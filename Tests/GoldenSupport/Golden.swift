import Foundation
package import Testing

/// Compares a text with the one kept beside the test, in `Goldens/NAME.txt`.
///
/// With `RECORD_SNAPSHOTS=1` in the environment it writes the text there instead, and fails, so
/// that a recording run is never taken for a passing one.
package func expectGolden(
  _ text: String, named name: String, test: String = #filePath,
  at location: SourceLocation = #_sourceLocation
) {
  let folder = URL(filePath: test).deletingLastPathComponent().appending(path: "Goldens")
  let file = folder.appending(path: "\(name).txt")
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record(
        "recorded \(name).txt: run again without RECORD_SNAPSHOTS", sourceLocation: location)
    } catch {
      Issue.record("cannot record \(name).txt: \(error)", sourceLocation: location)
    }
    return
  }
  guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "there is no \(name).txt: record it with RECORD_SNAPSHOTS=1", sourceLocation: location)
    return
  }
  guard golden != text else { return }
  Issue.record(
    "\(name).txt differs:\n\(firstDifference(golden, text))", sourceLocation: location)
}

/// The first line in which two texts differ, with two lines before it.
private func firstDifference(_ expected: String, _ actual: String) -> String {
  let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let right = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  let place = line ?? min(left.count, right.count)
  let before = left[max(0, place - 2)..<place].map { "  \($0)" }
  let expectedLine = place < left.count ? "- \(left[place])" : "- (end)"
  let actualLine = place < right.count ? "+ \(right[place])" : "+ (end)"
  return (["line \(place + 1):"] + before + [expectedLine, actualLine]).joined(separator: "\n")
}
