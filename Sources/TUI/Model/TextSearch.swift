extension StringProtocol {
  /// Whether it contains a text, capital letters or not. O(length × length of the text).
  package func containsIgnoringCase(_ text: String) -> Bool {
    guard !text.isEmpty else { return true }
    let whole = Array(lowercased().utf8)
    let part = Array(text.lowercased().utf8)
    guard part.count <= whole.count else { return false }
    return (0...whole.count - part.count).contains { start in
      whole[start] == part[0] && whole[start..<start + part.count].elementsEqual(part)
    }
  }
}
