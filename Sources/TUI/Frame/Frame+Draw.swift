extension Frame {
  /// Draws a text, sanitised, from left to right on one row. O(length drawn).
  ///
  /// - Parameters:
  ///   - x: the column of the first glyph; a text that starts left of the frame is cut there.
  ///   - limit: the most columns to use; a wide glyph that does not fit is left out.
  /// - Returns: the columns used: `x` plus this is where the next text goes. A row outside the frame
  ///   uses none.
  @discardableResult
  package mutating func text(
    _ text: Substring, x: Int, y: Int, style: Style = .plain, limit: Int = .max
  ) -> Int {
    guard y >= 0, y < size.rows, x < size.columns, limit > 0, !text.isEmpty else { return 0 }
    let row = y * size.columns
    let end = limit < size.columns &- x ? x + limit : size.columns
    var column = x
    splitWide(row: row, at: x)
    text.forEachGlyph { glyph in
      guard column + glyph.width <= end else { return false }
      set(glyph, row: row, column: column, style: style)
      column += glyph.width
      return column < end
    }
    // What was drawn over may have been the left half of a wide glyph.
    if column > 0, column < size.columns, cells[row + column].width == 0 {
      cells[row + column] = Cell(" ", style: cells[row + column].style)
    }
    return column - x
  }

  /// Draws a text, sanitised, from left to right on one row. O(length drawn).
  @discardableResult
  package mutating func text(
    _ text: String, x: Int, y: Int, style: Style = .plain, limit: Int = .max
  ) -> Int {
    self.text(text[...], x: x, y: y, style: style, limit: limit)
  }

  /// Draws one scalar, sanitised. A wide one that does not fit is left out.
  package mutating func put(_ scalar: Unicode.Scalar, x: Int, y: Int, style: Style = .plain) {
    guard y >= 0, y < size.rows, x < size.columns, x >= -1 else { return }
    let glyph = Glyph(scalar)
    guard x + glyph.width <= size.columns else { return }
    let row = y * size.columns
    splitWide(row: row, at: x)
    splitWide(row: row, at: x + glyph.width)
    set(glyph, row: row, column: x, style: style)
  }

  /// Fills a rectangle with one scalar: bars, lines and backgrounds. A wide scalar leaves the last
  /// column of an odd width blank.
  package mutating func fill(
    _ rect: Rect, _ scalar: Unicode.Scalar = " ", style: Style = .plain
  ) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let glyph = Glyph(scalar)
    let cell = Cell(glyph.base, style: style, width: UInt8(glyph.width))
    for y in area.y..<area.y + area.rows {
      let row = y * size.columns
      splitWide(row: row, at: area.x)
      splitWide(row: row, at: area.x + area.columns)
      if glyph.width == 1 {
        for index in row + area.x..<row + area.x + area.columns { cells[index] = cell }
      } else {
        for offset in 0..<area.columns {
          let isLeft = offset % 2 == 0
          cells[row + area.x + offset] =
            isLeft && offset + 1 == area.columns
            ? Cell(" ", style: style) : isLeft ? cell : .rightHalf(style: style)
        }
      }
    }
  }

  /// Changes the style of what is already drawn: a cursor line, a selection, a match.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = rect.intersection(bounds)
    for y in area.y..<area.y + area.rows {
      for x in area.x..<area.x + area.columns { change(&cells[y * size.columns + x].style) }
    }
  }

  /// Writes a glyph whose columns are clipped on the left but known to end inside the frame.
  private mutating func set(_ glyph: Glyph, row: Int, column: Int, style: Style) {
    guard column >= 0 else {
      // The right half of a wide glyph that the edge cuts cannot be shown.
      if column + glyph.width > 0 { cells[row] = Cell(" ", style: style) }
      return
    }
    let width = UInt8(glyph.width)
    if glyph.marks.isEmpty {
      cells[row + column] = Cell(glyph.base, style: style, width: width)
    } else {
      clusters.append(glyph.text)
      cells[row + column] = Cell(cluster: clusters.count - 1, style: style, width: width)
    }
    if width == 2 { cells[row + column + 1] = .rightHalf(style: style) }
  }

  /// Makes a border between a column and the one before it: a wide glyph across it becomes two
  /// blanks, because half of one is about to be drawn over.
  private mutating func splitWide(row: Int, at column: Int) {
    guard column > 0, column < size.columns, cells[row + column].width == 0 else { return }
    cells[row + column - 1] = Cell(" ", style: cells[row + column - 1].style)
    cells[row + column] = Cell(" ", style: cells[row + column].style)
  }
}
