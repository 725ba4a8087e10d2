import Insight
import Trace

/// Draws what the selected lane's time went to, up to the moment shown: which awaits might have run side by
/// side, what took most, and all in order.
@discardableResult
func drawPath(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  var lines = Lines(model.scrolls[.path, default: 0])
  if let report = model.path {
    lines.tell(report, columns: rect.columns)
  } else {
    let reason = model.selected == nil ? nil : model.timeline.reasonForNoPath
    lines.add(wrapped: reason ?? "No coroutine yet.", columns: rect.columns, .muted)
  }
  return lines.draw(in: rect, on: &frame)
}

extension Lines {
  fileprivate mutating func tell(_ report: PathReport, columns: Int) {
    add(wrapped: report.headline + ".", columns: columns, Style(.title, .bold))
    for advice in report.advice { add(wrapped: advice, columns: columns, Style(.accent)) }
    for row in report.spendings { add(row, report, columns) }
    guard !report.parts.isEmpty else { return }
    add("In order:", Style(.title, .bold))
    for row in report.parts { add(row, report, columns) }
  }

  /// ` 67%   2.000 s ◐ meow(3) SLEEPING, at line 5`, and what is longer below.
  private mutating func add(_ row: PathReport.Row, _ report: PathReport, _ columns: Int) {
    let look = row.state.map(LaneLook.init)
    let share = report.share(of: row)
    let time = seconds(row.nanoseconds)
    let gaps = [4 - share.count, max(10, report.durationWidth + 1) - time.count]
      .map { String(repeating: " ", count: max(0, $0)) }
    let amount = gaps[0] + share + gaps[1] + time
    let glyph = look.map { " \($0.glyph) " } ?? "   "
    let used = amount.count + 3
    let style = Style(look?.role ?? .muted)
    // In a narrow pane little stood beside the amounts.
    let room = max(8, columns - used)
    let indent = room < 24 ? 5 : used
    let margin = String(repeating: " ", count: indent)
    let texts = wrapped(row.text[...], to: max(8, columns - indent), first: room)
    for (place, text) in texts.enumerated() {
      add(
        place > 0
          ? [(margin, style), (text, style)]
          : [(amount, Style(.number)), (glyph, Style(look?.role ?? .muted, .bold)), (text, style)])
    }
  }
}
