extension Frame {
  /// The text of each row without its trailing blanks.
  package var lines: [String] {
    rows { text(of: $0) }
  }

  /// A map of the styles, with one character a cell that `legend` chooses; trailing blanks are left
  /// out. Compares a picture's looks as text.
  package func styleMap(_ legend: (Style) -> Character) -> [String] {
    rows { String(legend($0.style)) }
  }

  private func rows(_ show: (Cell) -> String) -> [String] {
    (0..<size.rows).map { y in
      var line = ""
      for x in 0..<size.columns { line += show(self[x, y]) }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
