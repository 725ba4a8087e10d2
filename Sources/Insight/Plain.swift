/// A text from a recording with everything that could steer a terminal or hide what follows made
/// visible: control characters, and the marks that turn the direction of writing.
package func plain(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case let scalar where isUnsafe(scalar):
      let code = String(scalar.value, radix: 16)
      result +=
        scalar.value < 0x100
        ? "\\x\(code.count < 2 ? "0" : "")\(code)" : "\\u{\(code)}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A text of at most `limit` characters, and `…` where there was more. O(limit).
package func cut(_ text: String, to limit: Int) -> String {
  let start = text.prefix(limit)
  return start.endIndex < text.endIndex ? "\(start)…" : text
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}
