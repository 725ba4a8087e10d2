/// A place in one line of a recording, and the reading of JSON's small parts from there.
///
/// It never leaves the line, whatever the line holds.
struct LineCursor {
  private var place: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  @inline(__always) init(start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    place = start
    self.end = end
  }

  @inline(__always) func peek() -> UInt8? { place < end ? place.pointee : nil }

  @inline(__always) mutating func advance() { place += 1 }

  @inline(__always) mutating func skipSpace() {
    while place < end, place.pointee <= 0x20 { place += 1 }
  }

  /// Whether nothing but space is left.
  @inline(__always) mutating func isAtEnd() -> Bool {
    skipSpace()
    return place == end
  }

  /// Passes over a byte if it comes next.
  @inline(__always) mutating func take(byte: UInt8) -> Bool {
    guard place < end, place.pointee == byte else { return false }
    place += 1
    return true
  }

  /// Passes over a text if it comes next.
  mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard end - place >= count else { return false }
    for index in 0..<count where place[index] != text.utf8Start[index] { return false }
    place += count
    return true
  }

  /// Reads a whole number of at most 18 digits.
  @inline(__always) mutating func integer() -> Int64? {
    let isNegative = take(byte: UInt8(ascii: "-"))
    let first = place
    var value: Int64 = 0
    while place < end {
      let digit = place.pointee &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ Int64(digit)
      place += 1
    }
    let digits = place - first
    guard digits > 0, digits <= 18, !isFraction() else { return nil }
    return isNegative ? -value : value
  }

  /// Whether the number that was just read goes on as one that is not whole.
  @inline(__always) private func isFraction() -> Bool {
    guard place < end else { return false }
    return place.pointee == UInt8(ascii: ".") || place.pointee | 0x20 == UInt8(ascii: "e")
  }

  /// Reads a string without escapes: a kind or another word.
  @inline(__always) mutating func word() -> UnsafeBufferPointer<UInt8>? {
    guard take(byte: UInt8(ascii: "\"")) else { return nil }
    let first = place
    while place < end, place.pointee != UInt8(ascii: "\"") { place += 1 }
    guard place < end else { return nil }
    let word = UnsafeBufferPointer(start: first, count: place - first)
    place += 1
    return word
  }

  /// Reads a string. What is not valid UTF-8, and a half of a surrogate pair, becomes U+FFFD.
  mutating func string() -> String? {
    guard take(byte: UInt8(ascii: "\"")) else { return nil }
    let first = place
    while place < end {
      switch place.pointee {
      case UInt8(ascii: "\""):
        let text = String(
          decoding: UnsafeBufferPointer(start: first, count: place - first), as: UTF8.self)
        place += 1
        return text
      case UInt8(ascii: "\\"):
        return escapedString(from: first)
      default:
        place += 1
      }
    }
    return nil
  }

  func unescapedPart(from first: UnsafePointer<UInt8>) -> [UInt8] {
    Array(UnsafeBufferPointer(start: first, count: place - first))
  }

  /// Passes over any value: an argument that this reader does not know.
  mutating func skipValue() -> Bool {
    var depth = 0
    let first = place
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        guard skipString() else { return false }
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return place > first }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        return place > first
      default:
        break
      }
      place += 1
    }
    return false
  }

  private mutating func skipString() -> Bool {
    place += 1
    while let byte = peek() {
      place += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\"), place < end { place += 1 }
    }
    return false
  }
}
