extension String {
  /// The lines without their ends, of either kind (`\n`, `\r\n`); what follows the last end is one
  /// too, empty or not. A character may hold both signs of an end: bytes are looked at. O(length).
  package var lines: [String] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { part in
      String(decoding: part.last == UInt8(ascii: "\r") ? part.dropLast() : part, as: UTF8.self)
    }
  }

  /// The text without the `\n` that ends it, if one does. O(length).
  package var withoutLineEnd: String {
    // Not `hasSuffix`, for which two signs of a line's end are one character.
    utf8.last == UInt8(ascii: "\n") ? String(unicodeScalars.dropLast()) : self
  }
}
