extension Frame {
  /// The columns of a row that must be drawn again where `other` is on the screen; nil when they
  /// show the same. Never cuts a wide glyph of either in half. O(columns).
  package func changedColumns(inRow y: Int, since other: Frame) -> Range<Int>? {
    guard y >= 0, y < size.rows, size.columns > 0 else { return nil }
    guard other.size == size else { return 0..<size.columns }
    let row = y * size.columns..<(y + 1) * size.columns
    return cells[row].withUnsafeBufferPointer { mine in
      other.cells[row].withUnsafeBufferPointer { theirs in
        var first = 0
        while first < mine.count, isSame(mine[first], theirs[first], in: other) { first += 1 }
        if first == mine.count { return nil }
        var end = mine.count
        while isSame(mine[end - 1], theirs[end - 1], in: other) { end -= 1 }
        while first > 0, mine[first].width == 0 || theirs[first].width == 0 { first -= 1 }
        while end < mine.count, mine[end].width == 0 || theirs[end].width == 0 { end += 1 }
        return first..<end
      }
    }
  }

  @inline(__always)
  private func isSame(_ mine: Cell, _ theirs: Cell, in other: Frame) -> Bool {
    // The same cluster number is not the same cluster in another frame.
    if mine.isCluster { return isSameCluster(mine, theirs, in: other) }
    return mine == theirs
  }

  private func isSameCluster(_ mine: Cell, _ theirs: Cell, in other: Frame) -> Bool {
    mine.style == theirs.style && mine.width == theirs.width
      && text(of: mine) == other.text(of: theirs)
  }
}
