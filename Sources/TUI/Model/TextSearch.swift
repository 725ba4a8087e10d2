extension StringProtocol {
  /// Whether it contains a text, capital letters or not. O(length × length of the text), however
  /// much longer than this the text is.
  package func containsIgnoringCase(_ text: String) -> Bool {
    guard !text.isEmpty else { return true }
    // Small letters take at least a third of the bytes of the capital ones, and twice as many at
    // most: so much more text is not in here, and need not be read.
    guard text.utf8.count / 6 <= utf8.count else { return false }
    let whole = Array(lowercased().utf8)
    let part = Array(text.lowercased().utf8)
    guard part.count <= whole.count else { return false }
    return (0...whole.count - part.count).contains { start in
      whole[start] == part[0] && whole[start..<start + part.count].elementsEqual(part)
    }
  }
}
