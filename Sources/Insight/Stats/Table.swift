/// Columns of text, all flush right but the last.
struct Table {
  private var rows: [[String]] = []

  mutating func add(_ row: [String]) { rows.append(row) }

  /// Columns in which no row but the first, their heads, has anything to say are left out.
  ///
  /// - Parameter nothing: what says nothing.
  func lines(without nothing: String) -> [String] {
    let kept = (rows.first ?? []).indices.filter { column in
      rows.dropFirst().contains { $0[column] != nothing }
    }
    let widths = kept.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(kept, widths).map { column, width in
        let text = row[column]
        let gap = String(repeating: " ", count: width - text.count)
        return column == row.count - 1 ? text : gap + text
      }.joined(separator: "  ")
    }
  }
}
