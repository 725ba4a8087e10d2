extension ByteBuffer {
  /// Puts a text as a JSON string, reserving the room it needs. O(length).
  ///
  /// All control characters are escaped, those of C1 and DEL too: a recording can be shown by
  /// `cat` without harm.
  mutating func putJSON(_ text: String) {
    var text = text
    text.withUTF8 { putJSON($0) }
  }

  private mutating func putJSON(_ text: UnsafeBufferPointer<UInt8>) {
    reserve(text.count * 6 + 2)
    put(UInt8(ascii: "\""))
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case UInt8(ascii: "\n"): put("\\n")
      case UInt8(ascii: "\r"): put("\\r")
      case UInt8(ascii: "\t"): put("\\t")
      case 0..<0x20, 0x7F: putEscape(byte)
      case 0xC2 where index + 1 < text.count && text[index + 1] < 0xA0:
        index += 1
        putEscape(text[index])
      default: put(byte)
      }
      index += 1
    }
    put(UInt8(ascii: "\""))
  }

  private mutating func putEscape(_ code: UInt8) {
    put("\\u00")
    putHexadecimal(code >> 4)
    putHexadecimal(code & 15)
  }

  private mutating func putHexadecimal(_ digit: UInt8) {
    put(digit < 10 ? digit + 0x30 : digit - 10 + UInt8(ascii: "a"))
  }
}

/// A text as a JSON string, with its quotes. O(length).
package func quotedJSON(_ text: String) -> String {
  var buffer = ByteBuffer(capacity: text.utf8.count + 2)
  buffer.putJSON(text)
  return String(decoding: buffer.bytes, as: UTF8.self)
}
