import TUI

/// The roles' colours of ``Palette`` as variables of a style sheet: `--running: #00af00`.
enum PageColours {
  /// On a light ground they are darkened, and the deepest are lightened on a dark one: what can be told
  /// apart as a bar is too pale or too deep for letters.
  static var style: String {
    """
    :root { \(variables(adapt: onLight)) }
    @media (prefers-color-scheme: dark) { :root { \(variables(adapt: onDark)) } }

    """
  }

  private static func onLight(_ components: [Int]) -> [Int] { components.map { $0 * 75 / 100 } }

  private static func onDark(_ components: [Int]) -> [Int] {
    // The squares are near enough to what the eye makes of them, of 1,000 for white.
    let luminance =
      zip([213, 715, 72], components).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / (255 * 255)
    return luminance < 235 ? components.map { $0 + (255 - $0) * 30 / 100 } : components
  }

  private static func variables(adapt: ([Int]) -> [Int]) -> String {
    Role.allCases.map { role in
      let look = Palette.look(of: role, depth: .many)
      var declared = ""
      if look.foreground >= 0 {
        let isOnGround = look.background < 0
        let colour = components(of: look.foreground)
        declared += "--\(role): \(hexadecimal(isOnGround ? adapt(colour) : colour));"
      }
      if look.background >= 0 {
        declared += " --\(role)-ground: \(hexadecimal(components(of: look.background)));"
      }
      return declared
    }
    .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A colour of a terminal that has 256, as `#rrggbb`.
  static func hexadecimal(_ index: Int16) -> String { hexadecimal(components(of: index)) }

  private static func hexadecimal(_ components: [Int]) -> String {
    "#"
      + components.map { component in
        let digits = String(component, radix: 16)
        return digits.count < 2 ? "0\(digits)" : digits
      }
      .joined()
  }

  /// The sixteen of the terminal's own are taken as xterm has them; no role uses one but black.
  private static func components(of index: Int16) -> [Int] {
    let index = Int(index)
    return switch index {
    case 232...: Array(repeating: 8 + (index - 232) * 10, count: 3)
    case 16...:
      [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map { $0 == 0 ? 0 : 55 + $0 * 40 }
    default:
      [index & 1, index >> 1 & 1, index >> 2 & 1].map { $0 * (index >= 8 ? 255 : 205) }
    }
  }
}
