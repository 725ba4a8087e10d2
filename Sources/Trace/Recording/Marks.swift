/// A text with at most so many combining marks in a row as anybody can tell apart; the rest is left out.
///
/// To compare two texts Unicode sorts the marks of a row, which takes the square of their number: a
/// recording could keep whoever reads it busy for minutes. O(length), and nothing for ASCII.
func withFewMarks(_ text: String) -> String {
  guard text.utf8.count > mostMarks, hasManyMarks(text) else { return text }
  var kept = String.UnicodeScalarView()
  var row = 0
  for scalar in text.unicodeScalars {
    row = isMark(scalar) ? row + 1 : 0
    if row <= mostMarks { kept.append(scalar) }
  }
  return String(kept)
}

private let mostMarks = 100

private func hasManyMarks(_ text: String) -> Bool {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
  var row = 0
  return text.unicodeScalars.contains { scalar in
    row = isMark(scalar) ? row + 1 : 0
    return row > mostMarks
  }
}

/// Whether it is moved where a text is normalised. None is before the combining marks' own block.
private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
}
