import Foundation
import Testing

/// Compares lines with `Goldens/NAME.txt`, and says where they first part.
///
/// With `RECORD_SNAPSHOTS=1` it writes the file instead, and fails.
func expectGolden(
  _ lines: [String], named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Goldens/\(name).txt")
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    try (lines.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
    Issue.record("recorded \(name).txt", sourceLocation: sourceLocation)
    return
  }
  let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  let golden = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  guard !golden.elementsEqual(lines, by: { $0 == $1 }) else { return }
  let common = zip(golden, lines).prefix { $0 == $1 }.count
  let wanted = common < golden.count ? String(golden[common]) : "nothing more"
  let got = common < lines.count ? lines[common] : "nothing more"
  Issue.record(
    "\(name).txt, line \(common + 1): wanted \"\(wanted)\", got \"\(got)\"",
    sourceLocation: sourceLocation)
}
