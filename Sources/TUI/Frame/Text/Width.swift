/// Columns of a scalar that ``Glyph`` lets through: 0, 1 or 2. O(log ranges), and O(1) for most.
func columns(ofSanitised scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  switch value {
  // What the table says for what is on nearly every screen.
  case 0..<0x1100, 0x2190..<0x231A, 0x2500..<0x25FD, 0x2800..<0x2900: return 1
  case 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3: return 2
  default: return tabledColumns(value)
  }
}

func tabledColumns(_ value: UInt32) -> Int {
  if contains(WidthTable.wide, value) { return 2 }
  return contains(WidthTable.zero, value) ? 0 : 1
}

/// Whether a list of first and last values, in order, covers the value.
private func contains(_ ranges: [UInt32], _ value: UInt32) -> Bool {
  var low = 0
  var high = ranges.count / 2
  while low < high {
    let middle = (low + high) / 2
    if ranges[2 * middle + 1] < value { low = middle + 1 } else { high = middle }
  }
  return low < ranges.count / 2 && ranges[2 * low] <= value
}
