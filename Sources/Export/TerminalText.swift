import TUI

/// What makes one picture of another on a terminal of 256 colours.
struct TerminalText {
  private(set) var text = ""

  /// - Parameter former: what the terminal shows; nil where it is to be made ready first.
  init(from former: Frame?, to frame: Frame) {
    // The cursor is hidden, and no text at the right edge begins a new line.
    if former == nil { text = "\u{1B}[?25l\u{1B}[?7l\u{1B}[2J" }
    let former = former ?? Frame(size: frame.size)
    for y in 0..<frame.size.rows {
      guard let columns = frame.changedColumns(inRow: y, since: former) else { continue }
      put(frame, row: y, columns: columns)
    }
  }

  private mutating func put(_ frame: Frame, row y: Int, columns: Range<Int>) {
    text += "\u{1B}[\(y + 1);\(columns.lowerBound + 1)H"
    var style: Style?
    for x in columns {
      let cell = frame[x, y]
      if cell.style != style {
        style = cell.style
        text += Self.sequence(for: cell.style)
      }
      text += frame.text(of: cell)
    }
    text += "\u{1B}[m"
  }

  /// Select Graphic Rendition, ECMA-48 §8.3.117.
  private static func sequence(for style: Style) -> String {
    let look = Palette.look(of: style.role, depth: .many)
    let emphasis = look.emphasis.union(style.emphasis)
    var codes = ["0"]
    for (one, code) in [
      (Emphasis.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ] where emphasis.contains(one) {
      codes.append(code)
    }
    if look.foreground >= 0 { codes.append("38;5;\(look.foreground)") }
    if look.background >= 0 { codes.append("48;5;\(look.background)") }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}
