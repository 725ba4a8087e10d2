import Trace

/// Draws the program's text around the line at which the selected lane stands.
@discardableResult
func drawSource(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  guard let shown = model.shownSource else {
    var lines = Lines()
    lines.add(wrapped: model.missingSource, columns: rect.columns, .muted)
    return lines.draw(in: rect, on: &frame)
  }
  let lines = SourceLines(shown.text)
  let digits = String(lines.count).count
  let current = Int(shown.line)
  let unscrolled = max(0, min(current - 1 - rect.rows / 2, lines.count - rect.rows))
  let wanted = unscrolled + model.scrolls[.source, default: 0]
  let top = max(0, min(wanted, lines.count - rect.rows))
  for row in 0..<max(0, min(rect.rows, lines.count - top)) {
    let number = top + row + 1
    let y = rect.y + row
    let isCurrent = number == current
    let style = isCurrent ? Style(.lineHighlight, [.bold, .reverse]) : .plain
    if isCurrent {
      frame.fill(Rect(x: rect.x, y: y, columns: rect.columns, rows: 1), style: style)
    }
    let label = String(number)
    let padded = String(repeating: " ", count: digits - label.count) + label
    let used = frame.text(
      padded + (isCurrent ? "▸" : " "), x: rect.x, y: y, style: isCurrent ? style : .muted)
    let text = lines.line(top + row).expandingTabs
    frame.text(text, x: rect.x + used, y: y, style: style, limit: rect.columns - used)
  }
  return top - unscrolled
}

extension Model {
  var sourceTitle: String {
    shownSource.map { $0.line > 0 ? "\($0.name):\($0.line)" : $0.name } ?? "source"
  }

  /// Why there is nothing to show.
  fileprivate var missingSource: String {
    let file = selected.flatMap(timeline.lane).map { timeline.text($0.site.file) } ?? ""
    return file.isEmpty ? "The run has no source text." : "The run has no text of \(file)."
  }

  /// The file and the line at which the selected lane stands, as far as that is known, in the innermost of
  /// its functions whose file's text the run brought; the program's own and no line of it while there is no lane.
  fileprivate var shownSource: (name: String, text: String, line: UInt32)? {
    guard let selected, let lane = timeline.lane(selected) else {
      return header.sources.first.map { ($0.name, $0.text, 0) }
    }
    if let stack = timeline.stack(of: selected, at: cursor) {
      let known = timeline.ownFiles.union(header.sources.map(\.name))
      if let frame = stack.first(where: { known.contains($0.file) }),
        let text = sourceText(of: frame.file)
      {
        return (frame.file, text, frame.line)
      }
    }
    let name = timeline.text(lane.site.file)
    guard let text = sourceText(of: name) else { return nil }
    return (name, text, timeline.line(of: selected, at: cursor))
  }

  private func sourceText(of name: String) -> String? {
    header.sources.first { $0.name == name }?.text ?? timeline.sourceText(named: name)
  }
}
