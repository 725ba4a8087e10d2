import Insight
import Trace

/// Draws what the program's own runtime complained of, warnings and reported exceptions, and what is
/// wrong besides, the newest last: where there is no room for all, it is what shows.
@discardableResult
func drawFindings(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  let timeline = model.timeline
  let warnings = timeline.warnings.prefix(timeline.warnings.count(at: model.cursor))
  let reports = timeline.exceptionReports.prefix(timeline.exceptionReports.count(at: model.cursor))
  let longSteps = timeline.longSteps.prefix(timeline.longSteps.count(at: model.cursor))
  let found = (Array(warnings) + Array(reports) + Array(longSteps)).sorted()
  var lines = Lines(model.scrolls[.findings, default: 0])
  for notice in model.notices { lines.add(wrapped: notice, columns: rect.columns, Style(.warning)) }
  for event in found {
    switch timeline.events[event].fact {
    case .warned(let text, let lane):
      let text = timeline.text(text)
      lines.add(finding: text, by: lane, at: event, timeline, rect.columns, Style(.warning))
    case .exceptionReported(let text, let lane):
      let text = timeline.text(text)
      lines.add(finding: text, by: lane, at: event, timeline, rect.columns, Style(.error))
    case .handleEnded:
      let lane = timeline.laneOfLongStep(endingAt: event)
      let text = timeline.sentence(forLongStep: event)
      lines.add(finding: text, by: lane, at: event, timeline, rect.columns, Style(.warning))
    default: break
    }
  }
  for standstill in model.standstills {
    if let event = standstill.event {
      lines.add([(timeText(timeline.events[event].time), .muted)])
    }
    lines.add(wrapped: standstill.text, columns: rect.columns, Style(.error))
  }
  if let fault = model.fault {
    lines.add(wrapped: "The run ended with \(fault)", columns: rect.columns, Style(.error))
  }
  if lines.count == 0 { lines.add("No warning and no exception so far.", .muted) }
  return lines.drawEnd(in: rect, on: &frame)
}

extension Lines {
  /// Adds a complaint with its moment and the lane that it is about.
  fileprivate mutating func add(
    finding text: String, by lane: LaneID, at event: Int, _ timeline: Timeline, _ columns: Int,
    _ style: Style
  ) {
    let who = lane == .none ? "" : "  \(timeline.label(of: lane))"
    add([(timeText(timeline.events[event].time), .muted), (who, Style(.accent))])
    let words = text.split(whereSeparator: \.isNewline).joined(separator: "\n")
    add(wrapped: words, columns: columns, style)
  }
}
