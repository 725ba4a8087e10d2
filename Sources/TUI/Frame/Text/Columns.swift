/// How many columns a text takes when it is drawn, after sanitising. O(length).
package func columns(of text: Substring) -> Int {
  var sum = 0
  text.forEachGlyph { _, width, _ in
    sum += width
    return true
  }
  return sum
}

/// How many columns a text takes when it is drawn, after sanitising. O(length).
package func columns(of text: String) -> Int { columns(of: text[...]) }

/// Whether a text takes at most `limit` columns when it is drawn. O(limit).
func fits(_ text: Substring, in limit: Int) -> Bool {
  var rest = limit
  text.forEachGlyph { _, width, _ in
    rest -= width
    return rest >= 0
  }
  return rest >= 0
}

/// The text, sanitised, in at most `limit` columns; what does not fit is replaced by `…`. O(limit).
package func clipped(_ text: Substring, to limit: Int) -> String {
  guard limit > 0 else { return "" }
  var kept: [UInt8] = []
  // How much of it leaves a column for the ellipsis.
  var lengthBeforeEllipsis = 0
  var used = 0
  var isWhole = true
  text.forEachGlyph { base, width, marks in
    guard used + width <= limit else {
      isWhole = false
      return false
    }
    used += width
    append(base, to: &kept)
    for mark in marks { append(mark, to: &kept) }
    if used < limit { lengthBeforeEllipsis = kept.count }
    return true
  }
  if !isWhole {
    kept.removeLast(kept.count - lengthBeforeEllipsis)
    kept.append(contentsOf: "…".utf8)
  }
  return String(decoding: kept, as: UTF8.self)
}

/// The text, sanitised, in at most `limit` columns; what does not fit is replaced by `…`. O(limit).
package func clipped(_ text: String, to limit: Int) -> String { clipped(text[...], to: limit) }

/// As much of the end of a text as takes at most `limit` columns. O(limit).
func ending(of text: String, in limit: Int) -> Substring {
  var start = text.endIndex
  var rest = limit
  while start > text.startIndex {
    let before = text.index(before: start)
    rest -= columns(of: text[before..<start])
    guard rest >= 0 else { break }
    start = before
  }
  return text[start...]
}

/// The text, sanitised, in rows of at most `limit` columns, broken wherever a row is full; one empty
/// row for an empty text. O(length).
package func broken(_ text: some StringProtocol, to limit: Int) -> [String] {
  guard limit > 0 else { return [] }
  var rows: [String] = []
  var row: [UInt8] = []
  var used = 0
  Substring(text).forEachGlyph { base, width, marks in
    if used + width > limit, used > 0 {
      rows.append(String(decoding: row, as: UTF8.self))
      row.removeAll(keepingCapacity: true)
      used = 0
    }
    used += width
    append(base, to: &row)
    for mark in marks { append(mark, to: &row) }
    return true
  }
  return rows + [String(decoding: row, as: UTF8.self)]
}

extension StringProtocol {
  /// Tabs as blanks up to the next column that is a multiple of eight.
  package var expandingTabs: String {
    guard utf8.contains(UInt8(ascii: "\t")) else { return String(self) }
    var text = ""
    var used = 0
    for part in split(separator: "\t", omittingEmptySubsequences: false) {
      if part.startIndex > startIndex {
        let gap = 8 - used % 8
        text += String(repeating: " ", count: gap)
        used += gap
      }
      text += part
      used += columns(of: Substring(part))
    }
    return text
  }
}

private func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
  if scalar.isASCII {
    bytes.append(UInt8(truncatingIfNeeded: scalar.value))
  } else {
    bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }
}
