extension Substring {
  /// Reads the glyphs of a text from left to right until `body` answers false.
  ///
  /// Nearly all there is on a screen is read from the UTF-8 alone; only what ``ClusterReader`` does
  /// not know is left to Swift's grapheme breaking.
  ///
  /// - Parameter body: gets the base, its columns and the marks on it.
  @inline(__always)
  func forEachGlyph(_ body: (Unicode.Scalar, Int, Marks) -> Bool) {
    var rest = self
    while true {
      let known = rest.utf8.withContiguousStorageIfAvailable {
        ClusterReader($0).forEachGlyph(body)
      }
      let (read, goesOn) = known ?? (0, true)
      guard goesOn else { return }
      let start = rest.utf8.index(rest.startIndex, offsetBy: read)
      guard start < rest.endIndex else { return }
      let end = rest.index(after: start)
      let glyph = Glyph(rest.unicodeScalars[start..<end])
      guard body(glyph.base, glyph.width, glyph.marks), end < rest.endIndex else { return }
      rest = rest[end...]
    }
  }
}
