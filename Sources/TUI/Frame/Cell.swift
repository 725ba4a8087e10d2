/// One cell of a ``Frame``, in one word, so that comparing two pictures is comparing numbers.
package struct Cell: Equatable, Sendable {
  /// From the lowest bit: 32 of content, 8 of the role, 8 of emphasis, 8 of the width.
  private var bits: UInt64

  private static let clusterBit: UInt32 = 1 << 31
  static let blank = Cell(" ")

  private init(content: UInt32, style: Style, width: Int) {
    bits =
      UInt64(content) | UInt64(style.role.rawValue) << 32
      | UInt64(style.emphasis.rawValue) << 40 | UInt64(UInt8(truncatingIfNeeded: width)) << 48
  }

  init(_ scalar: Unicode.Scalar, style: Style = .plain, width: Int = 1) {
    self.init(content: scalar.value, style: style, width: width)
  }

  init(cluster index: Int, style: Style, width: Int) {
    let content = Cell.clusterBit | UInt32(truncatingIfNeeded: index)
    self.init(content: content, style: style, width: width)
  }

  /// The same style around another scalar: cheaper than packing the style again.
  @inline(__always)
  func holding(_ scalar: Unicode.Scalar, width: Int) -> Cell {
    var cell = self
    cell.bits =
      bits & 0xFFFF_0000_0000 | UInt64(scalar.value)
      | UInt64(UInt8(truncatingIfNeeded: width)) << 48
    return cell
  }

  static func rightHalf(style: Style) -> Cell { Cell(" ", style: style, width: 0) }

  private var content: UInt32 { UInt32(truncatingIfNeeded: bits) }

  /// The one scalar in the cell; nil when there are marks on it: see ``Frame/text(of:)``.
  package var scalar: Unicode.Scalar? { Unicode.Scalar(content) }

  var isCluster: Bool { content & Cell.clusterBit != 0 }

  var clusterIndex: Int? { isCluster ? Int(content & ~Cell.clusterBit) : nil }

  /// 1 or 2 columns; 0 for the right half of the glyph before it.
  package var width: Int { Int(bits >> 48 & 0xFF) }

  package var style: Style {
    get {
      Style(
        Role(rawValue: UInt8(truncatingIfNeeded: bits >> 32)) ?? .plain,
        Emphasis(rawValue: UInt8(truncatingIfNeeded: bits >> 40)))
    }
    set { self = Cell(content: content, style: newValue, width: width) }
  }
}
