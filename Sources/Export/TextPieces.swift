/// Text on its way to a file, handed on in pieces of 64 KiB: a run may have millions of events.
package struct TextPieces {
  private var piece = ""
  private let handOn: (String) throws -> Void

  package init(handOn: @escaping (String) throws -> Void) {
    self.handOn = handOn
  }

  mutating func put(_ text: String) throws {
    piece += text
    if piece.utf8.count >= 1 << 16 { try flush() }
  }

  package mutating func line(_ text: String) throws {
    try put(text)
    try put("\n")
  }

  /// Hands on what is left.
  package mutating func flush() throws {
    if !piece.isEmpty { try handOn(piece) }
    piece.removeAll(keepingCapacity: true)
  }
}
