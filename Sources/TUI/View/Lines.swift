/// Lines of styled text for a pane that may be scrolled.
struct Lines {
  typealias Span = (text: String, style: Style)

  /// How many lines the user has scrolled down from where the pane would stand.
  let scroll: Int
  private var lines: [[Span]] = []

  init(_ scroll: Int = 0) { self.scroll = scroll }

  var count: Int { lines.count }

  mutating func add(_ spans: [Span]) { lines.append(spans) }

  mutating func add(_ text: String, _ style: Style = .plain) { lines.append([(text, style)]) }

  /// Adds a text of any length, broken at blanks into lines of so many columns.
  mutating func add(wrapped text: String, columns limit: Int, _ style: Style = .plain) {
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for line in wrapped(paragraph, to: limit) { add(line, style) }
    }
  }

  /// Draws from the first line on, or from where the user has scrolled to.
  ///
  /// - Returns: how far it could be scrolled: no further than the lines go.
  @discardableResult
  func draw(in rect: Rect, on frame: inout Frame) -> Int {
    draw(from: scroll, in: rect, on: &frame)
  }

  /// Draws the last lines, or from where the user has scrolled to.
  ///
  /// - Returns: how far it could be scrolled.
  func drawEnd(in rect: Rect, on frame: inout Frame) -> Int {
    draw(from: max(0, lines.count - rect.rows) + scroll, in: rect, on: &frame)
  }

  private func draw(from first: Int, in rect: Rect, on frame: inout Frame) -> Int {
    let top = max(0, min(first, lines.count - rect.rows))
    for (row, spans) in lines.dropFirst(top).prefix(max(0, rect.rows)).enumerated() {
      var x = 0
      for span in spans where x < rect.columns {
        x += frame.text(
          span.text, x: rect.x + x, y: rect.y + row, style: span.style, limit: rect.columns - x)
      }
    }
    return scroll + top - first
  }
}

/// A paragraph broken at blanks into lines of at most so many columns; a longer word is cut. A number keeps
/// its unit beside it.
///
/// - Parameter first: how many columns the first line has, where that is not the limit.
package func wrapped(_ text: Substring, to limit: Int, first: Int? = nil) -> [String] {
  guard limit > 0 else { return [] }
  var lines: [String] = []
  var line = ""
  var used = 0
  for word in wordsWithUnits(text) {
    let width = columns(of: word)
    let room = lines.isEmpty ? first ?? limit : limit
    if used > 0 ? used + 1 + width > room : width > room && room < limit {
      lines.append(line)
      line = ""
      used = 0
    }
    if used > 0 {
      line += " "
      used += 1
    }
    let shown = width > limit ? clipped(word, to: limit) : String(word)
    line += shown
    used += min(width, limit)
  }
  return lines + [line]
}

/// The words of a text, and each time as one: `3.000 s`.
private func wordsWithUnits(_ text: Substring) -> [Substring] {
  var words: [Substring] = []
  for word in text.split(separator: " ", omittingEmptySubsequences: false) {
    if let last = words.last, last.last?.isNumber == true,
      ["s", "µs", "ns"].contains(word.prefix { $0.isLetter })
    {
      words[words.count - 1] = text[last.startIndex..<word.endIndex]
    } else {
      words.append(word)
    }
  }
  return words
}
