import Insight
import TUI
import Trace

extension PageData {
  /// What the time of the lane went to that the run is the story of, up to its end, or why that is not told.
  func writePath(to pieces: inout TextPieces) throws {
    let end = timeline.events.count
    guard let lane = timeline.mainLane(at: end),
      let path = timeline.criticalPath(of: lane, at: end), path.nanoseconds > 0
    else {
      let reason = timeline.reasonForNoPath ?? "No time passed."
      return try pieces.line("\"path\": {\"none\": \(json(reason))},")
    }
    let report = PathReport(path, at: end, in: timeline)
    func rows(_ rows: [PathReport.Row]) -> String {
      rows.map { row in
        let look = row.state.map(LaneLook.init)
        let members = [
          ("share", report.share(of: row)), ("time", seconds(row.nanoseconds)),
          ("role", look.map { "\($0.role)" } ?? "muted"),
          ("glyph", look.map { String($0.glyph) } ?? " "), ("text", row.text),
        ]
        let texts = members.map { "\"\($0)\": \(json($1))" }.joined(separator: ", ")
        return "{\(texts), \"event\": \(row.event.map(String.init) ?? "null")}"
      }
      .joined(separator: ",\n")
    }
    try pieces.line("\"path\": {\"headline\": \(json(report.headline)),")
    try pieces.line("\"advice\": [\(report.advice.map(json).joined(separator: ",\n"))],")
    try pieces.line("\"spendings\": [\(rows(report.spendings))],")
    try pieces.line("\"parts\": [\(rows(report.parts))]},")
  }
}
