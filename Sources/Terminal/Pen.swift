import CNcurses
import TUI

/// ncurses' attributes and colour pair for each style, worked out once.
struct Pen {
  /// By role and, within it, by emphasis.
  private var strokes: [(attributes: attr_t, pair: Int32)] = []
  private static let emphases = 1 << 5

  /// Makes the pairs too, so that ncurses must have been started with `start_color()`.
  init(depth: ColourDepth) {
    for role in Role.allCases {
      let look = Palette.look(of: role, depth: depth)
      var pair: Int32 = 0
      if look.foreground >= 0 || look.background >= 0 {
        let number = Int32(role.rawValue) + 1
        // A terminal with few pairs shows the rest in its own colours.
        if init_pair(Int16(number), look.foreground, look.background) == OK { pair = number }
      }
      for raw in 0..<Self.emphases {
        let emphasis = look.emphasis.union(Emphasis(rawValue: UInt8(raw)))
        strokes.append((Pen.attributes(of: emphasis), pair))
      }
    }
  }

  func stroke(_ style: Style) -> (attributes: attr_t, pair: Int32) {
    let emphasis = Int(style.emphasis.rawValue) & (Self.emphases - 1)
    return strokes[Int(style.role.rawValue) * Self.emphases + emphasis]
  }

  private static func attributes(of emphasis: Emphasis) -> attr_t {
    var attributes: attr_t = 0
    if emphasis.contains(.bold) { attributes |= cn_bold() }
    if emphasis.contains(.dim) { attributes |= cn_dim() }
    if emphasis.contains(.reverse) { attributes |= cn_reverse() }
    if emphasis.contains(.underline) { attributes |= cn_underline() }
    if emphasis.contains(.italic) { attributes |= cn_italic() }
    return attributes
  }
}
