import Insight
import Trace

/// Draws the events that led to the moment shown, the newest last.
@discardableResult
func drawEvents(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  let timeline = model.timeline
  let scroll = model.scrolls[.events, default: 0]
  let end = max(min(rect.rows, model.cursor), min(model.cursor, model.cursor + scroll))
  let first = max(0, end - rect.rows)
  let matcher = model.search.isEmpty ? nil : EventMatcher(model.search, in: timeline)
  for (row, index) in (first..<end).enumerated() {
    let isNewest = index == model.cursor - 1
    let style: Style =
      matcher?.matches(index) == true
      ? Style(.match, .bold) : isNewest ? Style(.cursor, .bold) : .plain
    var x = 0
    x += frame.text(
      "\(isNewest ? "▸" : " ")\(index + 1) ", x: rect.x, y: rect.y + row, style: .muted,
      limit: rect.columns)
    frame.text(
      rect.columns >= 60 ? timeline.line(forEvent: index) : timeline.sentence(forEvent: index),
      x: rect.x + x, y: rect.y + row, style: style,
      limit: rect.columns - x)
  }
  if first == end {
    frame.text(
      clipped("Nothing has happened yet.", to: rect.columns), x: rect.x, y: rect.y, style: .muted)
  }
  return end - model.cursor
}
