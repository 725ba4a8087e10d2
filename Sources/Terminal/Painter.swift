import CNcurses
import TUI

/// Hands ncurses what has changed since the last picture.
struct Painter {
  private let pen: Pen
  private let characters: CharacterSet
  /// What ncurses has been told; nil when it must be told everything.
  private var shown: Frame?

  init(depth: ColourDepth, characters: CharacterSet) {
    pen = Pen(depth: depth)
    self.characters = characters
  }

  /// Forgets what is on the screen: its size has changed.
  mutating func forget() { shown = nil }

  /// Puts a picture into ncurses' window; `doupdate()` then sends it. O(cells), and a system call
  /// never.
  ///
  /// - Parameter size: the screen's. A larger picture is cut, beside a smaller one it is blank.
  /// - Returns: whether there is anything to send.
  mutating func paint(_ frame: Frame, on size: Size) -> Bool {
    let former = shown
    if let former, former == frame { return false }
    if former?.size != frame.size { werase(cn_stdscr()) }
    shown = frame
    for y in 0..<min(frame.size.rows, size.rows) {
      let changed =
        former.map { frame.changedColumns(inRow: y, since: $0) } ?? 0..<frame.size.columns
      guard let changed, !changed.isEmpty else { continue }
      // The cell in the lower right corner stays blank: to fill it ncurses inserts characters,
      // which terminals do differently for wide ones.
      let end = y == size.rows - 1 ? size.columns - 1 : size.columns
      paint(frame, row: y, columns: changed.lowerBound..<min(changed.upperBound, end))
    }
    return true
  }

  private func paint(_ frame: Frame, row y: Int, columns: Range<Int>) {
    guard !columns.isEmpty else { return }
    var run: [cchar_t] = []
    run.reserveCapacity(columns.count)
    var text = [wchar_t](repeating: 0, count: Painter.mostScalars + 1)
    var x = columns.lowerBound
    while x < columns.upperBound {
      let cell = frame[x, y]
      let stroke = pen.stroke(cell.style)
      let width = max(1, Int(cell.width))
      let isWhole = x + width <= columns.upperBound
      spell(isWhole ? cell : nil, of: frame, into: &text)
      var shape = cchar_t()
      cn_setcchar(&shape, text, stroke.attributes, stroke.pair)
      run.append(shape)
      if width == 2, isWhole, characters == .ascii {
        // The stand-in is narrow: keep the columns.
        spell(nil, of: frame, into: &text)
        cn_setcchar(&shape, text, stroke.attributes, stroke.pair)
        run.append(shape)
      }
      x += width
    }
    mvwadd_wchnstr(cn_stdscr(), Int32(y), Int32(columns.lowerBound), run, Int32(run.count))
  }

  /// What fits into a cell of ncurses: a base and its marks.
  private static let mostScalars = 5

  /// Writes a cell's scalars, with a 0 after them; a blank for nil and for half a wide glyph.
  private func spell(_ cell: Cell?, of frame: Frame, into text: inout [wchar_t]) {
    text[0] = 0x20
    text[1] = 0
    guard let cell, cell.width > 0 else { return }
    if let scalar = cell.scalar {
      let shown = characters == .ascii ? Glyphs.ascii(scalar) : scalar
      text[0] = wchar_t(shown.value)
      return
    }
    let scalars = frame.text(of: cell).unicodeScalars
    if characters == .ascii {
      text[0] = wchar_t(Glyphs.ascii(scalars.first ?? " ").value)
      return
    }
    var count = 0
    for scalar in scalars.prefix(Painter.mostScalars) {
      text[count] = wchar_t(scalar.value)
      count += 1
    }
    text[count] = 0
  }
}
