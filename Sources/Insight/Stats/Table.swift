/// Columns of text, all flush right but the last.
struct Table {
  private var rows: [[String]] = []

  private static let nothing = "–"

  static func cell(count: Int) -> String { count == 0 ? nothing : "\(count)" }

  static func cell(nanoseconds: Int64) -> String {
    nanoseconds == 0 ? nothing : threeDigits(nanoseconds.magnitude)
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// Columns in which no row but the first, their heads, has anything to say are left out.
  var lines: [String] {
    let kept = (rows.first ?? []).indices.filter { column in
      rows.dropFirst().contains { $0[column] != Self.nothing }
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
