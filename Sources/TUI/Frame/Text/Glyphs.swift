extension Substring {
  /// Reads the glyphs of a text from left to right until `body` answers false.
  ///
  /// ASCII and scalars that nothing joins, which is nearly all there is on a screen, are read from
  /// the UTF-8 alone; only where a cluster is possible are its borders looked for.
  func forEachGlyph(_ body: (Glyph) -> Bool) {
    var rest = self[...]
    while !rest.isEmpty {
      let (read, goOn) = rest.forEachSimpleGlyph(body)
      guard goOn else { return }
      rest = rest[rest.utf8.index(rest.startIndex, offsetBy: read)...]
      guard let character = rest.first else { return }
      guard body(Glyph(character)) else { return }
      rest.removeFirst()
    }
  }

  /// - Returns: the bytes that were read, up to the first that wants grapheme breaking, and whether
  ///   `body` wants more.
  private func forEachSimpleGlyph(_ body: (Glyph) -> Bool) -> (read: Int, goOn: Bool) {
    let read = utf8.withContiguousStorageIfAvailable { bytes -> (Int, Bool) in
      var index = 0
      var ahead = SimpleScalar(bytes, at: 0)
      while let scalar = ahead {
        let next = index + scalar.length
        ahead = SimpleScalar(bytes, at: next)
        // What follows could join this one: leave both to the grapheme breaker.
        if ahead == nil, next < bytes.count { return (index, true) }
        guard body(Glyph(scalar.scalar)) else { return (next, false) }
        index = next
      }
      return (index, true)
    }
    return read ?? (0, true)
  }
}

/// A scalar of UTF-8 that nothing but a mark or joiner can join.
private struct SimpleScalar {
  var scalar: Unicode.Scalar
  var length: Int

  /// Nil at the end and at any scalar that may be part of a longer cluster. Swift's strings are
  /// always well-formed, so that the lead byte tells the length.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    guard index < bytes.count else { return nil }
    let lead = bytes[index]
    if lead < 0x80 {
      scalar = Unicode.Scalar(lead)
      length = 1
      return
    }
    let value: UInt32
    if lead & 0xE0 == 0xC0 {
      value = UInt32(lead & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
      length = 2
    } else if lead & 0xF0 == 0xE0 {
      value =
        UInt32(lead & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
        | UInt32(bytes[index + 2] & 0x3F)
      length = 3
    } else {
      return nil
    }
    guard Glyph.isSolitary(value), let scalar = Unicode.Scalar(value) else { return nil }
    self.scalar = scalar
  }
}
