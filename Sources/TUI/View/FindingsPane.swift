import Insight
import Trace

/// Draws what the program's own runtime complained of, warnings and reported exceptions, and what is
/// wrong besides, the newest last: where there is no room for all, it is what shows. At the end of the run what is no
/// fault in itself stands before that.
@discardableResult
func drawFindings(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  let timeline = model.timeline
  let scroll = min(0, model.scrolls[.findings, default: 0])
  var lines = Lines(scroll)
  for notice in model.notices + model.losses + model.remarks {
    lines.add(wrapped: notice, columns: rect.columns, Style(.warning))
  }
  let limit = max(0, rect.rows - scroll)
  let newest = findings(
    at: model.cursor, in: timeline, standstills: model.standstills, limit: limit)
  let isQuiet = lines.count == 0 && newest.isEmpty
  // To look for them takes a while where there are many lanes, and nothing moves any more.
  if timeline.moment(at: model.cursor).ending != nil {
    for hint in timeline.hints(at: model.cursor).suffix(limit) {
      lines.add(hint.finding, hint.kind.rawValue + ": ", .muted, model, columns: rect.columns)
    }
  }
  if isQuiet {
    lines.add(wrapped: "Nothing has gone wrong so far.", columns: rect.columns, .muted)
  }
  for finding in newest {
    let style = Style(finding.isFault ? .error : .warning)
    lines.add(finding, "", style, model, columns: rect.columns)
  }
  return lines.drawEnd(in: rect, on: &frame)
}

extension Lines {
  fileprivate mutating func add(
    _ finding: Finding, _ kind: String, _ style: Style, _ model: Model, columns: Int
  ) {
    if let event = finding.event {
      let label = model.timeline.fullLabel(of: finding.lane, at: model.cursor)
      let who = finding.lane == .none ? "" : "  \(label)"
      add([(timeText(model.timeline.events[event].time), .muted), (who, Style(.accent))])
    }
    let words = (kind + finding.text).split(whereSeparator: \.isNewline).joined(separator: "\n")
    add(wrapped: words, columns: columns, style)
  }
}
