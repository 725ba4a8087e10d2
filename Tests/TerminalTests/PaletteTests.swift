import TUI
import Testing

@testable import Terminal

@Suite struct PaletteTests {
  @Test(
    arguments: [
      (256, true, ColourDepth.many), (88, true, .sixteen), (16, true, .sixteen), (8, true, .eight),
      (2, true, .none), (0, true, .none), (-1, true, .none), (16_777_216, true, .eight),
      (256, false, .none),
    ])
  func `the depth is what the terminal has and the user wants`(
    colours: Int, isWanted: Bool, depth: ColourDepth
  ) {
    #expect(ColourDepth(colours: colours, isWanted: isWanted) == depth)
  }

  @Test(arguments: zip([ColourDepth.many, .sixteen, .eight, .none], [256, 16, 8, 0]))
  func `no role asks for a colour that the terminal does not have`(
    depth: ColourDepth, count: Int16
  ) {
    for role in Role.allCases {
      let look = Palette.look(of: role, depth: depth)
      #expect(look.foreground < count && look.background < count)
    }
  }

  @Test(arguments: [ColourDepth.many, .sixteen, .eight])
  func `the four states can be told apart by their looks`(depth: ColourDepth) {
    let states: [Role] = [.pending, .running, .sleeping, .waiting, .done, .failed]
    let looks = states.map { Palette.look(of: $0, depth: depth) }
    for (index, look) in looks.enumerated() {
      #expect(!looks[..<index].contains(look))
    }
  }

  /// A colour is readable when it stands off black and white by 3 to 1, as large text must; what
  /// has its own background must stand off that by 4.5 to 1.
  @Test(arguments: Role.allCases)
  func `every colour of the large palette can be read on black and on white`(role: Role) {
    let look = Palette.look(of: role, depth: .many)
    guard look.foreground >= 0 else { return }
    if look.background >= 0 {
      #expect(contrast(luminance(look.foreground), luminance(look.background)) >= 4.5)
    } else {
      #expect(contrast(luminance(look.foreground), 0) >= 3)
      #expect(contrast(luminance(look.foreground), 1) >= 2.5)
    }
  }

  /// Relative luminance of one of the 256 colours above the first 16, after WCAG 2.
  private func luminance(_ colour: Int16) -> Double {
    let levels = [0, 95, 135, 175, 215, 255]
    let colour = Int(colour)
    let rgb =
      colour >= 232
      ? Array(repeating: 8 + (colour - 232) * 10, count: 3)
      : [levels[(colour - 16) / 36], levels[(colour - 16) / 6 % 6], levels[(colour - 16) % 6]]
    let linear = rgb.map { level -> Double in
      let share = Double(level) / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// x to the power 2.4: the fifth root of its twelfth power, by Newton's method.
  private func power(_ x: Double) -> Double {
    let target = (0..<12).reduce(1.0) { product, _ in product * x }
    var root = 1.0
    for _ in 0..<60 {
      root -= (root * root * root * root * root - target) / (5 * root * root * root * root)
    }
    return root
  }

  private func contrast(_ a: Double, _ b: Double) -> Double {
    (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
