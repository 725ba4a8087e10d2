/// How many columns a text takes when it is drawn, after sanitising. O(length).
package func columns(of text: Substring) -> Int {
  var sum = 0
  text.forEachGlyph { glyph in
    sum += glyph.width
    return true
  }
  return sum
}

/// How many columns a text takes when it is drawn, after sanitising. O(length).
package func columns(of text: String) -> Int { columns(of: text[...]) }

/// The columns that one character takes when it is drawn: 1 or 2.
package func columns(of character: Character) -> Int { Glyph(character).width }

/// The text, sanitised, in at most `limit` columns; what does not fit is replaced by `…`.
package func clipped(_ text: Substring, to limit: Int) -> String {
  guard limit > 0 else { return "" }
  var kept = ""
  var keptBeforeEllipsis = ""
  var used = 0
  var isWhole = true
  text.forEachGlyph { glyph in
    guard used + glyph.width <= limit else {
      isWhole = false
      return false
    }
    used += glyph.width
    kept.unicodeScalars.append(glyph.base)
    kept.unicodeScalars.append(contentsOf: glyph.marks)
    if used < limit { keptBeforeEllipsis = kept }
    return true
  }
  return isWhole ? kept : keptBeforeEllipsis + "…"
}

/// The text, sanitised, in at most `limit` columns; what does not fit is replaced by `…`.
package func clipped(_ text: String, to limit: Int) -> String { clipped(text[...], to: limit) }
