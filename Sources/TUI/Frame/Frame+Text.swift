extension Frame {
  /// The text of each row without its trailing blanks.
  package var lines: [String] {
    (0..<size.rows).map { y in
      var line = ""
      for x in 0..<size.columns { line += text(of: self[x, y]) }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
