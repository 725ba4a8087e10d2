extension Substring {
  /// Reads the glyphs of a text from left to right until `body` answers false.
  ///
  /// ASCII and scalars that nothing joins, which is nearly all there is on a screen, are read from
  /// the UTF-8 alone; only where a cluster is possible are its borders looked for.
  ///
  /// - Parameter body: gets the base, its columns and the marks on it.
  @inline(__always)
  func forEachGlyph(_ body: (Unicode.Scalar, Int, [Unicode.Scalar]) -> Bool) {
    var rest = self
    while true {
      let (read, goesOn) = rest.forEachSimpleGlyph { body($0, $1, []) }
      guard goesOn else { return }
      let start = rest.utf8.index(rest.startIndex, offsetBy: read)
      guard start < rest.endIndex else { return }
      let end = rest.index(after: start)
      let glyph = Glyph(rest.unicodeScalars[start..<end])
      guard body(glyph.base, glyph.width, glyph.marks), end < rest.endIndex else { return }
      rest = rest[end...]
    }
  }

  /// - Returns: the bytes that were read, up to the first that wants grapheme breaking, and whether
  ///   `body` wants more.
  @inline(__always)
  private func forEachSimpleGlyph(
    _ body: (Unicode.Scalar, Int) -> Bool
  ) -> (read: Int, goesOn: Bool) {
    let read = utf8.withContiguousStorageIfAvailable { bytes -> (Int, Bool) in
      var index = 0
      var ahead = SimpleScalar(bytes, at: 0)
      while let scalar = ahead {
        let next = index + scalar.length
        ahead = SimpleScalar(bytes, at: next)
        // What follows could join this one: leave both to the grapheme breaker.
        if ahead == nil, next < bytes.count { return (index, true) }
        let isASCII = 0x20..<0x7F ~= scalar.value.value
        let shown = isASCII ? scalar.value : Glyph.sanitised(scalar.value)
        guard body(shown, isASCII ? 1 : columns(ofSanitised: shown)) else { return (next, false) }
        index = next
      }
      return (index, true)
    }
    return read ?? (0, true)
  }
}

/// A scalar of UTF-8 that nothing but a mark or joiner can join.
private struct SimpleScalar {
  let value: Unicode.Scalar
  /// In bytes.
  let length: Int

  /// Nil at the end and at any scalar that may be part of a longer cluster. Swift's strings are
  /// always well-formed, so that the lead byte tells the length.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard index < bytes.count else { return nil }
    let lead = bytes[index]
    if lead < 0x80 {
      value = Unicode.Scalar(lead)
      length = 1
      return
    }
    let decoded: UInt32
    if lead & 0xE0 == 0xC0 {
      decoded = UInt32(lead & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
      length = 2
    } else if lead & 0xF0 == 0xE0 {
      decoded =
        UInt32(lead & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
        | UInt32(bytes[index + 2] & 0x3F)
      length = 3
    } else {
      return nil
    }
    guard Glyph.isSolitary(decoded), let scalar = Unicode.Scalar(decoded) else { return nil }
    value = scalar
  }
}
