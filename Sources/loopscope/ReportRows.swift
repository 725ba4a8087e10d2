import Insight
import TUI

extension Report {
  /// Its lines in rows of at most 100 columns.
  var rows: [String] { lines.flatMap(\.rows) }
}

extension Report.Line {
  /// The line in rows of at most 100 columns, with the mark before the first.
  fileprivate var rows: [String] {
    guard !text.isEmpty || !mark.isEmpty else { return [""] }
    guard indent >= 0 else { return wrapped(text[...], to: 100) }
    let margin = String(repeating: " ", count: 3 + indent)
    return wrapped(text[...], to: 100 - margin.count).enumerated().map { place, row in
      place == 0 ? mark + margin.dropFirst(mark.count) + row : margin + row
    }
  }
}
