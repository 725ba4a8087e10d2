import Insight
import Trace

/// Draws what the program's own runtime complained of: warnings and reported exceptions.
func drawFindings(_ model: Model, in rect: Rect, on frame: inout Frame) {
  let timeline = model.timeline
  let warnings = timeline.warnings.prefix(timeline.warnings.count(at: model.cursor))
  let reports = timeline.exceptionReports.prefix(timeline.exceptionReports.count(at: model.cursor))
  let found = (Array(warnings) + Array(reports)).sorted()
  var lines = Lines(model.scrolls[.findings, default: 0])
  for notice in model.notices { lines.add(wrapped: notice, columns: rect.columns, Style(.warning)) }
  for event in found {
    switch timeline.events[event].fact {
    case .warned(let text, _):
      lines.add([
        ("\(timeText(timeline.events[event].time)) ", .muted),
        (timeline.text(text), Style(.warning)),
      ])
    case .exceptionReported(let text, _):
      lines.add([
        ("\(timeText(timeline.events[event].time)) ", .muted), (timeline.text(text), Style(.error)),
      ])
    default: break
    }
  }
  if let exception = timeline.moment(at: model.cursor).ending, exception != .empty {
    lines.add(
      wrapped: "The run ended with \(timeline.text(exception))", columns: rect.columns,
      Style(.error))
  }
  if lines.count == 0 { lines.add("No warning and no exception so far.", .muted) }
  lines.draw(in: rect, on: &frame)
}
