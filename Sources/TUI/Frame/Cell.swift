/// One cell of a ``Frame``: 8 bytes, so that comparing two pictures is comparing memory.
package struct Cell: Equatable, Sendable {
  /// A scalar's value, or `clusterBit` and an index of the frame's clusters.
  var content: UInt32
  package var style: Style
  /// 1 or 2 columns; 0 for the right half of the glyph before it.
  package internal(set) var width: UInt8

  static let clusterBit: UInt32 = 1 << 31
  static let blank = Cell(" ")

  init(_ scalar: Unicode.Scalar, style: Style = .plain, width: UInt8 = 1) {
    self.content = scalar.value
    self.style = style
    self.width = width
  }

  init(cluster index: Int, style: Style, width: UInt8) {
    self.content = Cell.clusterBit | UInt32(truncatingIfNeeded: index)
    self.style = style
    self.width = width
  }

  static func rightHalf(style: Style) -> Cell { Cell(" ", style: style, width: 0) }

  /// The one scalar in the cell; nil when there are marks on it: see ``Frame/text(of:)``.
  package var scalar: Unicode.Scalar? { Unicode.Scalar(content) }

  var clusterIndex: Int? {
    content & Cell.clusterBit == 0 ? nil : Int(content & ~Cell.clusterBit)
  }
}
