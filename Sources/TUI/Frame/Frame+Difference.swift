extension Frame {
  /// The columns of a row that must be drawn again where `other` is on the screen; nil when they
  /// show the same. Never cuts a wide glyph of either in half. O(columns).
  package func changedColumns(inRow y: Int, since other: Frame) -> Range<Int>? {
    guard y >= 0, y < size.rows, size.columns > 0 else { return nil }
    guard other.size == size else { return 0..<size.columns }
    let row = y * size.columns
    let isSame = { (x: Int) in
      let mine = cells[row + x]
      let theirs = other.cells[row + x]
      if mine.clusterIndex == nil { return mine == theirs }
      return mine.style == theirs.style && mine.width == theirs.width
        && text(of: mine) == other.text(of: theirs)
    }
    guard var first = (0..<size.columns).first(where: { !isSame($0) }),
      let last = (first..<size.columns).last(where: { !isSame($0) })
    else { return nil }
    var end = last + 1
    while first > 0, cells[row + first].width == 0 || other.cells[row + first].width == 0 {
      first -= 1
    }
    while end < size.columns, cells[row + end].width == 0 || other.cells[row + end].width == 0 {
      end += 1
    }
    return first..<end
  }
}
