/// Rows of cells, which are written as a table of Markdown.
struct Table {
  private var rows: [[String]]

  init(_ header: [String]) { rows = [header] }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        let (text, width) = cell
        let space = String(repeating: " ", count: width - text.count)
        return column == 0 ? text + space : space + text
      }
      return "| " + cells.joined(separator: " | ") + " |"
    }
    let rules = widths.enumerated().map { column, width in
      String(repeating: "-", count: width) + (column == 0 ? "-" : ":")
    }
    lines.insert("|-" + rules.joined(separator: "|-") + "|", at: 1)
    return lines.joined(separator: "\n")
  }
}
