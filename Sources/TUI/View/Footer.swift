/// What the user types, else what there is to say, else the most useful keys.
func drawFooter(_ model: Model, in rect: Rect, on frame: inout Frame) {
  guard !rect.isEmpty else { return }
  if let prompt = model.prompt {
    let label = frame.text(prompt.label, x: 1, y: rect.y, style: Style(.title, .bold))
    let room = max(0, rect.columns - label - 3)
    // The end of a long line is what is being typed.
    let used = frame.text(ending(of: prompt.text, in: room), x: 1 + label, y: rect.y)
    frame.put(" ", x: 1 + label + used, y: rect.y, style: Style(.plain, .reverse))
    return
  }
  if let message = model.message {
    let room = rect.columns - 2
    // All of what is wrong stands in the findings.
    let isCut = model.hidesFindings && columns(of: message) > room
    let shown = clipped(message, to: isCut ? room - 13 : room)
    let used = frame.text(shown, x: 1, y: rect.y, style: Style(.accent))
    if isCut { drawHints([("i", "findings")], x: used + 3, in: rect, on: &frame) }
    return
  }
  drawHints(model.hints, x: 1, in: rect, on: &frame)
}

private func drawHints(
  _ hints: [(key: String, does: String)], x: Int, in rect: Rect, on frame: inout Frame
) {
  var x = x
  for (key, does) in hints {
    let width = columns(of: key) + columns(of: does) + 3
    guard x + width <= rect.columns else { break }
    x += frame.text(key, x: x, y: rect.y, style: Style(.key, .bold)) + 1
    x += frame.text(does, x: x, y: rect.y, style: .muted) + 2
  }
}

extension Model {
  /// Keys and what they do, the most useful first.
  fileprivate var hints: [(key: String, does: String)] {
    let findings = hidesFindings ? [("i", "findings")] : []
    let input = takesInput ? [(":", "input")] : []
    let first = [
      ("space", player.isPlaying ? "pause" : "play"), (".", "step"), (",", "back"), ("?", "help"),
      ("q", "quit"),
    ]
    return first + findings + input + [
      ("↑↓", "lane"), ("w", "why"), ("enter", "inspect"), ("+-", "speed"),
      ("/", "search"), ("f", "filter"), ("d", "hide DONE"), ("P", "path"), ("zZ", "zoom"),
      ("oetli", "panes"), ("0-9", "seek"), ("R", "write"),
    ]
  }
}
