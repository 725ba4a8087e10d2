import Insight
import Trace

extension RunHeader {
  /// What a Python program says of itself in the string at its top: so a script can bring a lesson of its own,
  /// live and in a recording. Nil where there is none. All of it is plain.
  package var docstring: Model.Lesson? {
    guard let text = sources.first.flatMap({ TUI.docstring(of: $0.text) }) else { return nil }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { plain(String($0).replacing("\t", with: "    ")) }
      .drop { $0.allSatisfy(\.isWhitespace) }
    guard let title = lines.first else { return nil }
    let note = flowing(lines.dropFirst().drop { $0.allSatisfy(\.isWhitespace) })
    return Model.Lesson(
      title: String(title.trimmingPrefix { $0.isWhitespace }), lesson: "",
      note: note.joined(separator: "\n"))
  }
}

extension Model {
  /// That of the program; nil for a demo, which has a lesson anyway.
  package var docstring: Lesson? { lesson == nil ? header.docstring : nil }

  /// Says that there is such a lesson, where nothing else is to be said.
  package mutating func tellDocstring() {
    guard message == nil, let docstring else { return }
    message = "? tells what this is about: \(docstring.title)"
  }
}

/// Lines without the margin that all of them have. One that was broken because it was full goes on with the
/// next, since the screen has a width of its own.
private func flowing(_ lines: ArraySlice<String>) -> [String] {
  let isBlank = { (line: String) in line.allSatisfy(\.isWhitespace) }
  let indents = lines.filter { !isBlank($0) }.map { $0.prefix { $0 == " " }.count }
  let margin = indents.min() ?? 0
  var result: [String] = []
  var isFull = false
  for line in lines {
    let text = isBlank(line) ? "" : String(line.dropFirst(margin))
    let goesOn = isFull && text.first.map { $0.isLetter || "`'\"(".contains($0) } == true
    if goesOn, let last = result.popLast() {
      result.append(last + " " + text)
    } else {
      result.append(text)
    }
    isFull = columns(of: text) >= fullLine
  }
  while result.last == "" { result.removeLast() }
  return result
}

/// Of how many columns a line is that was most likely broken because there was no more room.
private let fullLine = 60

/// The string with which a Python module begins, as it is written there; nil where there is none, or none
/// that ends.
func docstring(of text: String) -> Substring? {
  var rest = String(decoding: text.utf8.prefix(longestDocstring), as: UTF8.self)[...]
  while let first = rest.first {
    if first == "#" {
      rest = rest.drop { !$0.isNewline }
    } else if first.isWhitespace || first == "\u{FEFF}" {
      rest = rest.dropFirst()
    } else {
      break
    }
  }
  if let prefix = rest.first, "rRuU".contains(prefix) { rest = rest.dropFirst() }
  for quote in ["\"\"\"", "'''", "\"", "'"] where rest.hasPrefix(quote) {
    let inside = rest.dropFirst(quote.count)
    var end = inside.startIndex
    while end < inside.endIndex {
      if inside[end...].hasPrefix(quote) { return inside[..<end] }
      if quote.count == 1, inside[end].isNewline { return nil }
      let isEscape = inside[end] == "\\"
      end = inside.index(after: end)
      if isEscape, end < inside.endIndex { end = inside.index(after: end) }
    }
    return nil
  }
  return nil
}

/// In bytes, with what stands before it: the help is drawn at each frame, and a recording may come from
/// anywhere.
private let longestDocstring = 8000
