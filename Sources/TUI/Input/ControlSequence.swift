/// A control sequence (`ESC [` parameters final byte) while it is read.
struct ControlSequence: Sendable {
  enum Progress { case more, end, invalid }

  /// What a whole sequence says.
  enum Meaning: Equatable {
    case input(Input)
    case pasteBegan
    /// Three bytes of a mouse report follow.
    case oldMouse
    /// One more byte follows: a function key of the Linux console.
    case linuxFunction
    /// The terminal answers whether it knows a private mode: 0 no, 1 set, 2 reset.
    case mode(Int, value: Int)
    case nothing
  }

  /// Longer ones are not keys: their bytes are read to the end and not kept.
  private static let mostBytes = 64

  /// Everything after `ESC [`, with the final byte once it is there.
  private var bytes: [UInt8] = []

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ byte: UInt8) -> Progress {
    guard (0x20..<0x7F).contains(byte) else { return .invalid }
    if byte >= 0x40 || bytes.count < Self.mostBytes { bytes.append(byte) }
    return byte >= 0x40 ? .end : .more
  }

  var meaning: Meaning {
    guard let final = bytes.last else { return .nothing }
    let body = bytes.dropLast()
    guard body.count < Self.mostBytes else { return .input(.key(Key(.unknown))) }
    switch (body.first, final) {
    case (UInt8(ascii: "<"), UInt8(ascii: "M")), (UInt8(ascii: "<"), UInt8(ascii: "m")):
      let isRelease = final == UInt8(ascii: "m")
      guard let mouse = Mouse(parameters: parameters(body.dropFirst()), isRelease: isRelease)
      else { return .nothing }
      return .input(.mouse(mouse))
    case (UInt8(ascii: "?"), UInt8(ascii: "y")) where body.last == UInt8(ascii: "$"):
      let parameters = parameters(body.dropFirst().dropLast())
      return parameters.count == 2 ? .mode(parameters[0], value: parameters[1]) : .nothing
    // Private sequences are the terminal's answers, never keys.
    case (.some(0x3C...0x3F), _): return .nothing
    case (nil, UInt8(ascii: "M")): return .oldMouse
    case (nil, UInt8(ascii: "[")): return .linuxFunction
    case (nil, UInt8(ascii: "I")): return .input(.focus(true))
    case (nil, UInt8(ascii: "O")): return .input(.focus(false))
    default: return keyMeaning(parameters(body), final: final)
    }
  }

  private func keyMeaning(_ parameters: [Int], final: UInt8) -> Meaning {
    let first = parameters.first ?? 0
    let modifiers = Key.Modifiers(parameter: parameters.count > 1 ? parameters[1] : 0)
    switch final {
    case UInt8(ascii: "~"):
      if first == 200 { return .pasteBegan }
      if first == 201 { return .nothing }
      if first == 27, parameters.count > 2 {
        return .input(.key(Key(codePoint: parameters[2], modifiers)))
      }
      return .input(.key(Key(Key.Code(tilde: first) ?? .unknown, modifiers)))
    case UInt8(ascii: "u"): return .input(.key(Key(codePoint: first, modifiers)))
    default: return .input(.key(Key(Key.Code(finalByte: final) ?? .unknown, modifiers)))
    }
  }

  /// The numbers between semicolons; what follows a colon is detail that we do not use. An absent
  /// number is 0, and a silly one is cut.
  private func parameters(_ body: ArraySlice<UInt8>) -> [Int] {
    if body.isEmpty { return [] }
    return body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      var number = 0
      for byte in part {
        guard (0x30...0x39).contains(byte) else { break }
        number = min(number * 10 + Int(byte & 0xF), 9_999_999)
      }
      return number
    }
  }
}
