/// A JSON value: what the first line of a recording is read into.
///
/// Only the header passes through here; the events are read without it.
package enum JSONValue: Equatable {
  case null
  case bool(Bool)
  /// As it is written, since the range is the reader's to choose.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value of a key, `.null` where there is none.
  package subscript(key: String) -> JSONValue {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var unsigned: UInt64? {
    if case .number(let digits) = self { UInt64(digits) } else { nil }
  }

  var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}

extension JSONValue {
  /// Reads the one value that these bytes hold, or nil if they hold anything else.
  package init?(bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return nil }
    var cursor = LineCursor(start: start, end: start + bytes.count)
    guard let value = cursor.value(depth: 0), cursor.isAtEnd() else { return nil }
    self = value
  }
}

extension LineCursor {
  /// Deeper nesting is refused, so that a hostile header cannot exhaust the stack.
  private static var deepest: Int { 32 }

  fileprivate mutating func value(depth: Int) -> JSONValue? {
    skipSpace()
    guard depth < Self.deepest, let first = peek() else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    var members: [String: JSONValue] = [:]
    guard take("{") else { return nil }
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard let key = string() else { return nil }
      skipSpace()
      guard take(":"), let value = value(depth: depth + 1) else { return nil }
      members[key] = value
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { return nil }
    }
  }

  private mutating func array(depth: Int) -> JSONValue? {
    var elements: [JSONValue] = []
    guard take("[") else { return nil }
    skipSpace()
    if take("]") { return .array(elements) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { return nil }
    }
  }

  private mutating func number() -> JSONValue? {
    var digits = ""
    while let byte = peek(), isPartOfNumber(byte) {
      digits.unicodeScalars.append(Unicode.Scalar(byte))
      advance()
    }
    return digits.isEmpty ? nil : .number(digits)
  }

  private func isPartOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
