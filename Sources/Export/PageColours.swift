import TUI

/// The roles' colours of ``Palette`` as variables of a style sheet: `--running: #00af00`.
enum PageColours {
  /// On a light ground they are darkened: what can be told apart as a bar is too pale for letters.
  static var style: String {
    """
    :root { \(variables(darkenedTo: 75)) }
    @media (prefers-color-scheme: dark) { :root { \(variables(darkenedTo: 100)) } }

    """
  }

  private static func variables(darkenedTo percent: Int) -> String {
    Role.allCases.map { role in
      let look = Palette.look(of: role, depth: .many)
      var declared = ""
      if look.foreground >= 0 {
        let isText = look.background < 0
        let colour = hexadecimal(look.foreground, darkenedTo: isText ? percent : 100)
        declared += "--\(role): \(colour);"
      }
      if look.background >= 0 {
        declared += " --\(role)-ground: \(hexadecimal(look.background, darkenedTo: 100));"
      }
      return declared
    }
    .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A colour of a terminal that has 256, as `#rrggbb`.
  static func hexadecimal(_ index: Int16, darkenedTo percent: Int = 100) -> String {
    "#"
      + components(of: Int(index)).map { component in
        let digits = String(component * percent / 100, radix: 16)
        return digits.count < 2 ? "0\(digits)" : digits
      }
      .joined()
  }

  /// The sixteen of the terminal's own are taken as xterm has them; no role uses one but black.
  private static func components(of index: Int) -> [Int] {
    switch index {
    case 232...: return Array(repeating: 8 + (index - 232) * 10, count: 3)
    case 16...:
      let cube = index - 16
      return [cube / 36, cube / 6 % 6, cube % 6].map { $0 == 0 ? 0 : 55 + $0 * 40 }
    default:
      let full = index >= 8 ? 255 : 205
      return [index & 1, index >> 1 & 1, index >> 2 & 1].map { $0 * full }
    }
  }
}
