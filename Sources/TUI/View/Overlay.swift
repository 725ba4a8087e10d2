import Insight
import Trace

/// Draws a window over the middle of the screen.
///
/// - Returns: how far it is scrolled, which is no further than its lines go.
@discardableResult
func drawOverlay(_ overlay: Model.Overlay, _ model: Model, on frame: inout Frame) -> Int {
  let columns = min(76, model.size.columns - 4)
  guard columns >= 10, model.size.rows >= 5 else { return 0 }
  let (title, lines) =
    switch overlay {
    case .help(let scroll): ("help", helpLines(model, columns: columns - 4, scroll: scroll))
    case .why(let scroll): ("why", whyLines(model, columns: columns - 4, scroll: scroll))
    }
  let rows = min(model.size.rows - 2, lines.count + 3)
  let rect = Rect(
    x: (model.size.columns - columns) / 2, y: max(0, (model.size.rows - rows) / 2),
    columns: columns, rows: rows)
  drawBox(rect, title: title, on: &frame)
  let foot = lines.count > rows - 3 ? " ↑↓ scroll, any other key closes " : " any key closes "
  frame.text(
    foot, x: rect.x + 2, y: rect.y + rows - 1, style: .muted, limit: max(0, columns - 4))
  return lines.draw(
    in: Rect(x: rect.x + 2, y: rect.y + 1, columns: columns - 4, rows: rows - 2), on: &frame)
}

private func drawBox(_ rect: Rect, title: String, on frame: inout Frame) {
  frame.fill(rect)
  let right = rect.x + rect.columns - 1
  let bottom = rect.y + rect.rows - 1
  for y in [rect.y, bottom] {
    frame.fill(Rect(x: rect.x, y: y, columns: rect.columns, rows: 1), "─", style: .border)
  }
  for x in [rect.x, right] {
    frame.fill(Rect(x: x, y: rect.y, columns: 1, rows: rect.rows), "│", style: .border)
  }
  frame.put("┌", x: rect.x, y: rect.y, style: .border)
  frame.put("┐", x: right, y: rect.y, style: .border)
  frame.put("└", x: rect.x, y: bottom, style: .border)
  frame.put("┘", x: right, y: bottom, style: .border)
  frame.text(" \(title) ", x: rect.x + 2, y: rect.y, style: Style(.title, .bold))
}

/// Why the selected lane is in its state, and why the step at the cursor ran when it did.
private func whyLines(_ model: Model, columns: Int, scroll: Int) -> Lines {
  var lines = Lines(scroll)
  let timeline = model.timeline
  let lane = model.selected
  let explanation = lane.flatMap {
    why($0, at: model.cursor, now: model.player.time, in: timeline)
  }
  let step = whyNow(without: lane, at: model.cursor, in: timeline)
  var parts = [explanation?.state ?? [], explanation?.step ?? [], step.map { [$0] } ?? []]
  parts.removeAll(where: \.isEmpty)
  if explanation == nil { lines.add("No coroutine yet.", .muted) }
  for (place, reasons) in parts.enumerated() {
    if place > 0 || explanation == nil { lines.add("") }
    for reason in reasons { lines.add(wrapped: reason.text, columns: columns) }
  }
  return lines
}

private func helpLines(_ model: Model, columns: Int, scroll: Int) -> Lines {
  var lines = Lines(scroll)
  if let lesson = model.lesson ?? model.docstring {
    lines.add(wrapped: lesson.title, columns: columns, Style(.title, .bold))
    if !lesson.lesson.isEmpty {
      lines.add(wrapped: lesson.lesson, columns: columns, Style(.accent))
    }
    if !lesson.note.isEmpty { lines.add(wrapped: lesson.note, columns: columns) }
    lines.add("")
  }
  for section in KeyHelp.sections {
    lines.add(section.title, Style(.title, .bold))
    for (keys, does) in section.keys { lines.add(keys, does, columns: columns) }
  }
  lines.add("The states of a lane", Style(.title, .bold))
  for state in LaneState.allCases {
    let look = LaneLook(state)
    let bar = String(repeating: Character(look.bar), count: 3)
    let word = look.word + String(repeating: " ", count: 15 - look.word.count)
    let mark = " \(look.glyph) \(look.letter) \(bar) \(word)"
    let margin = String(repeating: " ", count: mark.count)
    for (place, part) in wrapped(KeyHelp.meaning(of: state)[...], to: max(8, columns - mark.count))
      .enumerated()
    {
      lines.add([(place == 0 ? mark : margin, Style(look.role)), (part, .plain)])
    }
  }
  lines.add("Words", Style(.title, .bold))
  for (word, meaning) in KeyHelp.words { lines.add(word, meaning, columns: columns) }
  lines.add("Marks", Style(.title, .bold))
  let complaint = "what the program was warned of, or complained of, about a lane"
  lines.add([(" ! ", Style(.warning, .bold)), (complaint, .plain)])
  lines.add([(" ▼ ", Style(.cursor, .bold)), ("the moment shown", .plain)])
  let marker = "a marker, or a line that was sent to the program"
  lines.add([(" ◆ ", Style(.marker)), (marker, .plain)])
  lines.add("Mouse", Style(.title, .bold))
  let mouse =
    "A click chooses a lane or a pane; a click or a drag on the bars goes to that moment; "
    + "the wheel scrolls."
  lines.add(wrapped: mouse, columns: columns)
  return lines
}

extension Lines {
  /// Adds what something means beside its name, in as many lines as it takes.
  fileprivate mutating func add(_ name: String, _ meaning: String, columns: Int) {
    let gap = String(repeating: " ", count: max(1, 14 - TUI.columns(of: name)))
    for (place, part) in wrapped(meaning[...], to: max(8, columns - 15)).enumerated() {
      add([
        (place == 0 ? " \(name)\(gap)" : String(repeating: " ", count: 15), Style(.key, .bold)),
        (part, .plain),
      ])
    }
  }
}
