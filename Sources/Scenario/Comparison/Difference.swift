/// Where two accounts part.
package struct Difference: Equatable, Sendable, CustomStringConvertible {
  /// The first line that differs, counted from 0.
  package let index: Int
  package let before: [String]
  package let ours: [String]
  package let theirs: [String]

  /// Nil where the accounts are the same. O(lines).
  package init?(ours: Account, theirs: Account) {
    self.init(ours: ours.lines, theirs: theirs.lines)
  }

  /// As for accounts, for their lines.
  package init?(ours: [String], theirs: [String]) {
    let length = min(ours.count, theirs.count)
    let index = (0..<length).first { ours[$0] != theirs[$0] } ?? length
    if index == ours.count && index == theirs.count { return nil }
    // What never ends is cut off somewhere, and not by both at the same place.
    let isCutOff = [ours, theirs].contains { lines in
      lines.last?.hasSuffix("EndlessError") == true && index >= lines.count - 1
    }
    if isCutOff { return nil }
    self.index = index
    before = Array(ours[max(0, index - 8)..<index])
    self.ours = Array(ours[index...].prefix(6))
    self.theirs = Array(theirs[index...].prefix(6))
  }

  package var description: String {
    let lines =
      before.map { "    " + $0 }
      + (ours.isEmpty ? ["  ours has ended"] : ours.map { "  ours    " + $0 })
      + (theirs.isEmpty ? ["  CPython has ended"] : theirs.map { "  CPython " + $0 })
    return lines.map { $0.replacing("\n", with: "\\n") }.joined(separator: "\n")
  }
}
