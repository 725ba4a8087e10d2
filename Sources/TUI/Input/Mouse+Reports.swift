extension Mouse {
  /// `ESC [ < buttons ; column ; row` with `M` or, for a release, `m`.
  init?(parameters: [Int], isRelease: Bool) {
    guard parameters.count == 3 else { return nil }
    self.init(
      buttons: parameters[0], column: parameters[1], row: parameters[2], isRelease: isRelease)
  }

  /// The three bytes after `ESC [ M`, each with 32 added; a place beyond 223 cannot be told.
  init?(old report: [UInt8]) {
    guard report.count == 3, report.allSatisfy({ $0 >= 32 }) else { return nil }
    let buttons = Int(report[0]) - 32
    let isRelease = buttons & 0b110_0011 == 3
    self.init(
      buttons: buttons, column: Int(report[1]) - 32, row: Int(report[2]) - 32,
      isRelease: isRelease)
  }

  /// - Parameters:
  ///   - buttons: 0 to 2 the button, 3 none, 4 shift, 8 alt, 16 control, 32 moved, 64 the wheel.
  ///   - column: from 1.
  ///   - row: from 1.
  /// - Returns: nil for what we do not use: moves without a button, sideways wheels, more buttons.
  private init?(buttons: Int, column: Int, row: Int, isRelease: Bool) {
    guard buttons < 128 else { return nil }
    let button: Button =
      switch buttons & 3 {
      case 0: .left
      case 1: .middle
      case 2: .right
      default: .none
      }
    var modifiers: Key.Modifiers = []
    if buttons & 4 != 0 { modifiers.insert(.shift) }
    if buttons & 8 != 0 { modifiers.insert(.alt) }
    if buttons & 16 != 0 { modifiers.insert(.control) }
    let x = max(0, column - 1)
    let y = max(0, row - 1)
    if buttons & 64 != 0 {
      guard buttons & 3 < 2, !isRelease else { return nil }
      self.init(
        buttons & 1 == 0 ? .wheelUp : .wheelDown, x: x, y: y, modifiers: modifiers)
    } else if isRelease {
      self.init(.release, button, x: x, y: y, modifiers: modifiers)
    } else {
      guard button != .none else { return nil }
      self.init(buttons & 32 != 0 ? .drag : .press, button, x: x, y: y, modifiers: modifiers)
    }
  }
}
