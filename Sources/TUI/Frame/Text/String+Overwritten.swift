extension String {
  /// A line as a terminal leaves it: what follows a carriage return is written over what stood there, as a
  /// progress bar does. O(length).
  package var overwritten: String {
    guard utf8.contains(UInt8(ascii: "\r")) else { return self }
    var line: [Character] = []
    // "\r\n" is one character: a line holds no line feed.
    for part in split(separator: "\r" as Character, omittingEmptySubsequences: false) {
      line.replaceSubrange(..<Swift.min(part.count, line.count), with: part)
    }
    return String(line)
  }
}
