extension LineCursor {
  /// Reads the rest of a string whose first part, up to here, holds no escapes.
  mutating func escapedString(from first: UnsafePointer<UInt8>) -> String? {
    var bytes = unescapedPart(from: first)
    while let byte = peek() {
      advance()
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"): guard appendEscape(to: &bytes) else { return nil }
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private mutating func appendEscape(to bytes: inout [UInt8]) -> Bool {
    guard let byte = peek() else { return false }
    advance()
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "u"):
      guard let scalar = escapedScalar() else { return false }
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: return false
    }
    return true
  }

  /// Reads what follows `\u`, both halves of a surrogate pair together.
  private mutating func escapedScalar() -> Unicode.Scalar? {
    guard let high = hexadecimal() else { return nil }
    if let scalar = Unicode.Scalar(high) { return scalar }
    var ahead = self
    if high < 0xDC00, ahead.take("\\u"), let low = ahead.hexadecimal(), low >= 0xDC00, low < 0xE000
    {
      self = ahead
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }
    return "\u{FFFD}"
  }

  private mutating func hexadecimal() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek() else { return nil }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 + UInt32(digit)
      advance()
    }
    return value
  }
}
