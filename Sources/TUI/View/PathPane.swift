import Insight
import Trace

/// Draws what the selected lane's time went to, up to the moment shown: the most first, then in order, and
/// which awaits might have run side by side.
@discardableResult
func drawPath(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  var lines = Lines(model.scrolls[.path, default: 0])
  if let report = model.path {
    lines.tell(report, columns: rect.columns)
  } else {
    let text =
      model.timeline.tellsNoSteps
      ? "The run was recorded with tasks alone: it does not tell what led to what."
      : "No lane is chosen."
    lines.add(wrapped: text, columns: rect.columns, .muted)
  }
  return lines.draw(in: rect, on: &frame)
}

extension Lines {
  fileprivate mutating func tell(_ report: PathReport, columns: Int) {
    add(wrapped: report.headline + ".", columns: columns, Style(.title, .bold))
    for row in report.spendings { add(row, report) }
    for advice in report.advice { add(wrapped: advice, columns: columns, Style(.accent)) }
    guard !report.parts.isEmpty else { return }
    add("In order:", Style(.title, .bold))
    for row in report.parts { add(row, report) }
  }

  /// ` 67% 2.000 s ◐ meow(3) SLEEPING, at line 5`.
  private mutating func add(_ row: PathReport.Row, _ report: PathReport) {
    let look = row.state.map(LaneLook.init)
    let share = report.percent(row) > 0 ? "\(report.percent(row))%" : "<1%"
    let gap = String(repeating: " ", count: max(0, 4 - share.count))
    let time = seconds(row.nanoseconds)
    let indent = String(repeating: " ", count: max(0, 8 - time.count))
    add([
      ("\(gap)\(share)\(indent)\(time) ", Style(.number)),
      (look.map { "\($0.glyph) " } ?? "", Style(look?.role ?? .muted, .bold)),
      (row.text, Style(look?.role ?? .muted)),
    ])
  }
}
