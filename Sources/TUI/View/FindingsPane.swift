import Insight
import Trace

/// Draws what the program's own runtime complained of, warnings and reported exceptions, and what is
/// wrong besides, the newest last: where there is no room for all, it is what shows.
@discardableResult
func drawFindings(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  let timeline = model.timeline
  let scroll = min(0, model.scrolls[.findings, default: 0])
  var lines = Lines(scroll)
  for notice in model.notices + model.losses + model.remarks {
    lines.add(wrapped: notice, columns: rect.columns, Style(.warning))
  }
  let newest = findings(
    at: model.cursor, in: timeline, standstills: model.standstills,
    limit: max(0, rect.rows - scroll))
  for finding in newest {
    if let event = finding.event {
      let label = timeline.fullLabel(of: finding.lane, at: model.cursor)
      let who = finding.lane == .none ? "" : "  \(label)"
      lines.add([(timeText(timeline.events[event].time), .muted), (who, Style(.accent))])
    }
    let words = finding.text.split(whereSeparator: \.isNewline).joined(separator: "\n")
    lines.add(
      wrapped: words, columns: rect.columns, Style(finding.isFault ? .error : .warning))
  }
  if lines.count == 0 { lines.add("Nothing has gone wrong so far.", .muted) }
  return lines.drawEnd(in: rect, on: &frame)
}
