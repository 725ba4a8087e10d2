extension Key {
  /// A byte below 0x80 that is not the start of a sequence.
  static func ascii(_ byte: UInt8, alt: Bool) -> Key {
    let modifiers: Modifiers = alt ? .alt : []
    switch byte {
    case 0x00: return Key(" ", modifiers.union(.control))
    case 0x08, 0x7F: return Key(.backspace, modifiers)
    case 0x09: return Key(.tab, modifiers)
    // Some terminals send a line feed for Enter in spite of raw mode.
    case 0x0A, 0x0D: return Key(.enter, modifiers)
    case 0x1B: return Key(.escape, modifiers)
    case 0x01...0x1A:
      return Key(Character(Unicode.Scalar(byte + 0x60)), modifiers.union(.control))
    case 0x1C...0x1F:
      return Key(Character(Unicode.Scalar(byte + 0x40)), modifiers.union(.control))
    default: return Key(Character(Unicode.Scalar(byte)), modifiers)
    }
  }

  /// A key that is reported by its code point (`CSI u` and xterm's `modifyOtherKeys`).
  init(codePoint: Int, _ modifiers: Modifiers) {
    guard let scalar = Unicode.Scalar(UInt32(codePoint)) else {
      self.init(.unknown, modifiers)
      return
    }
    // Private code points stand for keys that we do not use.
    if (0xE000...0xF8FF).contains(scalar.value) {
      self.init(.unknown, modifiers)
    } else if scalar.value == 0x09, modifiers.contains(.shift) {
      self.init(.backTab, modifiers.subtracting(.shift))
    } else if scalar.value < 0x20 || scalar.value == 0x7F {
      self = Key.ascii(UInt8(scalar.value), alt: false)
      self.modifiers.formUnion(modifiers)
    } else {
      self.init(.character(Character(scalar)), modifiers)
    }
  }
}

extension Key.Modifiers {
  /// The number that terminals add to a key: 1 and the sum of shift 1, alt 2, control 4.
  init(parameter: Int) {
    self = Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: max(0, parameter - 1)))
      .intersection([.shift, .alt, .control])
  }
}

extension Key.Code {
  /// The last byte of `ESC [ …` and of `ESC O …`.
  init?(finalByte: UInt8) {
    switch Unicode.Scalar(finalByte) {
    case "A": self = .up
    case "B": self = .down
    case "C": self = .right
    case "D": self = .left
    case "F": self = .end
    case "H": self = .home
    case "P", "Q", "R", "S": self = .function(Int(finalByte) - 0x4F)
    case "Z": self = .backTab
    default: return nil
    }
  }

  /// The number in `ESC [ number ~`.
  init?(tilde number: Int) {
    switch number {
    case 1, 7: self = .home
    case 2: self = .insert
    case 3: self = .delete
    case 4, 8: self = .end
    case 5: self = .pageUp
    case 6: self = .pageDown
    case 11...15: self = .function(number - 10)
    case 17...21: self = .function(number - 11)
    case 23...26: self = .function(number - 12)
    case 28, 29: self = .function(number - 13)
    case 31...34: self = .function(number - 14)
    default: return nil
    }
  }

  /// The last byte of `ESC O …` from a keypad in application mode.
  init?(keypadByte: UInt8) {
    switch keypadByte {
    case UInt8(ascii: "M"): self = .enter
    case UInt8(ascii: "X"): self = .character("=")
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      self = .character(Character(Unicode.Scalar(keypadByte - 0x40)))
    default: return nil
    }
  }
}
