/// The text between the marks of a bracketed paste, while it arrives.
struct PasteBuffer: Sendable {
  private static let end: [UInt8] = Array("\u{1B}[201~".utf8)
  /// What comes after a mebibyte is read and dropped: nothing here wants as much.
  private static let mostBytes = 1 << 20

  private var bytes: [UInt8] = []
  /// How much of the end mark has been seen.
  private var matched = 0

  /// - Returns: whether the paste is over.
  mutating func append(_ byte: UInt8) -> Bool {
    if byte == Self.end[matched] {
      matched += 1
      return matched == Self.end.count
    }
    if bytes.count < Self.mostBytes { bytes += Self.end[..<matched] }
    matched = byte == Self.end[0] ? 1 : 0
    if matched == 0, bytes.count < Self.mostBytes { bytes.append(byte) }
    return false
  }

  /// The text, with the carriage returns that terminals send for line ends as line feeds.
  var text: String {
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count)
    var last: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D {
        lines.append(0x0A)
      } else if byte != 0x0A || last != 0x0D {
        lines.append(byte)
      }
      last = byte
    }
    return String(decoding: lines, as: UTF8.self)
  }
}
