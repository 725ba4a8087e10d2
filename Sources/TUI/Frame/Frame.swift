/// A picture of the screen: rows of cells with meanings as styles, and no terminal.
///
/// Everything may be drawn anywhere: what lies outside is clipped, so that a view that is squeezed
/// into too small a room draws less and never traps.
package struct Frame: Sendable {
  package let size: Size
  var cells: [Cell]
  /// Base and marks of the cells that hold more than one scalar.
  var clusters: [String] = []

  /// A blank picture. A negative size is an empty one.
  package init(size: Size) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = [Cell](repeating: .blank, count: self.size.columns * self.size.rows)
  }

  package var bounds: Rect { Rect(size) }

  /// The cell at a column and a row; a blank outside the frame.
  package subscript(x: Int, y: Int) -> Cell {
    bounds.contains(x: x, y: y) ? cells[y * size.columns + x] : .blank
  }

  /// What a cell shows: its base with its marks; nothing for the right half of a wide glyph.
  package func text(of cell: Cell) -> String {
    if cell.width == 0 { return "" }
    if let index = cell.clusterIndex { return clusters[index] }
    return cell.scalar.map { String($0) } ?? " "
  }
}

extension Frame: Equatable {
  /// Whether both show the same: the clusters' numbering does not count. O(cells).
  package static func == (a: Frame, b: Frame) -> Bool {
    guard a.size == b.size else { return false }
    if a.clusters == b.clusters { return a.cells == b.cells }
    return zip(a.cells, b.cells).allSatisfy { left, right in
      left.style == right.style && left.width == right.width
        && a.text(of: left) == b.text(of: right)
    }
  }
}
