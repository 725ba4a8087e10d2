/// Where two accounts part.
package struct Difference: Equatable, Sendable, CustomStringConvertible {
  /// The first line that differs, counted from 0.
  package let index: Int
  package let before: [String]
  package let ours: [String]
  package let theirs: [String]

  /// Nil where the accounts are the same. O(lines).
  package init?(ours: Account, theirs: Account) {
    let length = min(ours.lines.count, theirs.lines.count)
    let index = (0..<length).first { ours.lines[$0] != theirs.lines[$0] } ?? length
    if index == ours.lines.count && index == theirs.lines.count { return nil }
    // What never ends is cut off somewhere, and not by both at the same place.
    if [ours, theirs].contains(where: { $0.isEndless && index >= $0.lines.count - 1 }) {
      return nil
    }
    self.index = index
    before = Array(ours.lines[max(0, index - 8)..<index])
    self.ours = Array(ours.lines[index...].prefix(6))
    self.theirs = Array(theirs.lines[index...].prefix(6))
  }

  package var description: String {
    let lines =
      before.map { "    " + $0 }
      + (ours.isEmpty ? ["  ours has ended"] : ours.map { "  ours    " + $0 })
      + (theirs.isEmpty ? ["  CPython has ended"] : theirs.map { "  CPython " + $0 })
    return lines.map { $0.replacing("\n", with: "\\n") }.joined(separator: "\n")
  }
}
