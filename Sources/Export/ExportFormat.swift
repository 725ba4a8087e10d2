/// What a recorded run can be turned into for other programs.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// Trace Event JSON, which Perfetto and `chrome://tracing` open.
  case chrome
  /// A picture of all lanes.
  case svg
  /// A page to look through the run in a browser.
  case html
  /// A film of the screen, which asciinema plays.
  case asciicast
  /// A row for each event.
  case csv
  /// How often each stack was seen, from which flame graphs are drawn.
  case folded

  /// The format that a file's name asks for: `run.svg`. Nil where it asks for none.
  package init?(path: String) {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    switch path[path.index(after: dot)...].lowercased() {
    case "json": self = .chrome
    case "svg": self = .svg
    case "html", "htm": self = .html
    case "cast": self = .asciicast
    case "csv": self = .csv
    case "folded": self = .folded
    default: return nil
    }
  }
}
