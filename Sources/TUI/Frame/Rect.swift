/// Some columns of some rows. The first cell of a frame is 0, 0; y grows downwards.
package struct Rect: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var columns: Int
  package var rows: Int

  package init(x: Int, y: Int, columns: Int, rows: Int) {
    self.x = x
    self.y = y
    self.columns = columns
    self.rows = rows
  }

  /// The whole of a frame of this size.
  package init(_ size: Size) {
    self.init(x: 0, y: 0, columns: size.columns, rows: size.rows)
  }

  package var isEmpty: Bool { columns <= 0 || rows <= 0 }

  package func contains(x: Int, y: Int) -> Bool {
    x >= self.x && y >= self.y && x < right && y < bottom
  }

  /// What both cover; an empty rectangle where they do not meet.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let end = (right: min(right, other.right), bottom: min(bottom, other.bottom))
    return Rect(
      x: left, y: top,
      columns: end.right > left ? end.right &- left : 0,
      rows: end.bottom > top ? end.bottom &- top : 0)
  }

  /// The column after the last. Saturates, so that a careless size cannot trap.
  private var right: Int { Rect.end(x, columns) }
  private var bottom: Int { Rect.end(y, rows) }

  private static func end(_ start: Int, _ length: Int) -> Int {
    let (sum, overflow) = start.addingReportingOverflow(max(0, length))
    return overflow ? .max : sum
  }
}
