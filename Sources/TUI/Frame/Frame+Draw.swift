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
    let end = limit < size.columns &- x ? x + limit : size.columns
    let blank = Cell(" ", style: style)
    var column = x
    splitWide(row: y * size.columns, at: x)
    withRow(y) { cells, clusters in
      let plain = x < 0 ? 0 : text.drawASCII(into: cells[x..<end], blank)
      column += plain
      let rest = column < end ? text.dropFirstBytes(plain) : ""
      rest.forEachGlyph { base, width, marks in
        guard column + width <= end else { return false }
        if column < 0 {
          // The right half of a wide glyph that the edge cuts cannot be shown.
          if column + width > 0 { cells[0] = blank }
        } else {
          if marks.isEmpty {
            cells[column] = blank.holding(base, width: width)
          } else {
            clusters.append(Glyph.text(base, marks))
            cells[column] = Cell(cluster: clusters.count - 1, style: style, width: width)
          }
          if width == 2 { cells[column + 1] = blank.holding(" ", width: 0) }
        }
        column += width
        return column < end
      }
      // What was drawn over may have been the left half of a wide glyph.
      if column > 0, column < cells.count, cells[column].width == 0 {
        cells[column] = Cell(" ", style: cells[column].style)
      }
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
    guard x >= 0, x < size.columns else { return }
    let width = Glyph(scalar).width
    guard width <= size.columns - x else { return }
    fill(Rect(x: x, y: y, columns: width, rows: 1), scalar, style: style)
  }

  /// Fills a rectangle with one scalar: bars, lines and backgrounds. A wide scalar leaves the last
  /// column of an odd width blank.
  package mutating func fill(
    _ rect: Rect, _ scalar: Unicode.Scalar = " ", style: Style = .plain
  ) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let glyph = Glyph(scalar)
    let cell = Cell(glyph.base, style: style, width: glyph.width)
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

  /// Lends one row's cells without a check for each of them.
  @inline(__always)
  private mutating func withRow(
    _ y: Int, _ body: (UnsafeMutableBufferPointer<Cell>, inout [String]) -> Void
  ) {
    let row = y * size.columns..<(y + 1) * size.columns
    cells.withUnsafeMutableBufferPointer { all in
      body(UnsafeMutableBufferPointer(rebasing: all[row]), &clusters)
    }
  }

  /// Makes a border between a column and the one before it: a wide glyph across it becomes two
  /// blanks, because half of one is about to be drawn over.
  private mutating func splitWide(row: Int, at column: Int) {
    guard column > 0, column < size.columns, cells[row + column].width == 0 else { return }
    cells[row + column - 1] = Cell(" ", style: cells[row + column - 1].style)
    cells[row + column] = Cell(" ", style: cells[row + column].style)
  }
}

extension Substring {
  /// Draws the ASCII that a text starts with, up to the end of the cells: most texts, whole.
  ///
  /// - Returns: how many bytes and columns that were.
  @inline(__always)
  fileprivate func drawASCII(
    into cells: Slice<UnsafeMutableBufferPointer<Cell>>, _ blank: Cell
  ) -> Int {
    let drawn = utf8.withContiguousStorageIfAvailable { bytes in
      let room = Swift.min(bytes.count, cells.count)
      let cells = UnsafeMutableBufferPointer(rebasing: cells)
      var count = 0
      while count < room, 0x20..<0x7F ~= bytes[count] {
        cells[count] = blank.holding(Unicode.Scalar(bytes[count]), width: 1)
        count += 1
      }
      // What follows may be a mark on the last.
      return count > 0 && count < bytes.count && bytes[count] >= 0x80 ? count - 1 : count
    }
    return drawn ?? 0
  }

  fileprivate func dropFirstBytes(_ count: Int) -> Substring {
    self[utf8.index(startIndex, offsetBy: count)...]
  }
}
