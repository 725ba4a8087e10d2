import Insight
import Trace

/// Draws a row for each lane: its place in the tree, its state, and its history as a bar.
@discardableResult
func drawLanes(_ model: Model, in rect: Rect, on frame: inout Frame) -> Int {
  guard !rect.isEmpty else { return 0 }
  let plan = LanesPlan(model, in: rect)
  drawLanesTitle(model, plan, on: &frame)
  guard !model.lanes.rows.isEmpty else {
    let none = model.hasEnded && model.timeline.laneCount == 0
    let isHidden = model.hidesOver && model.timeline.laneCount(at: model.cursor) > 0
    let text =
      if isHidden && model.filter.isEmpty {
        "Every lane is over: d shows them."
      } else if !model.filter.isEmpty {
        isHidden
          ? "No lane that goes on has '\(model.filter)': c clears, d shows the others."
          : "No lane has '\(model.filter)': c clears."
      } else {
        none ? "The program made no coroutine." : "No coroutine yet."
      }
    frame.text(clipped(text, to: rect.columns - 2), x: 1, y: rect.y + 1, style: .muted)
    drawRemarks(model, in: rect, on: &frame)
    return plan.scroll
  }
  let bars = BarPainter(model, window: plan.window)
  for (place, row) in plan.rows(of: model).enumerated() {
    let y = rect.y + 1 + place
    drawLane(row, y: y, model, plan, on: &frame)
    if plan.barColumns > 0 {
      bars.paint(row.lane, x: plan.barX, y: y, on: &frame)
    }
  }
  return plan.scroll
}

/// Why there may be no lane: what the recorder says of what it cannot see.
private func drawRemarks(_ model: Model, in rect: Rect, on frame: inout Frame) {
  guard model.timeline.laneCount(at: model.cursor) == 0 else { return }
  var lines = Lines()
  for remark in model.remarks {
    lines.add(wrapped: remark, columns: rect.columns - 2, Style(.warning))
  }
  let room = Rect(x: 1, y: rect.y + 2, columns: rect.columns - 2, rows: rect.rows - 2)
  lines.draw(in: room, on: &frame)
}

/// How the lanes pane divides its room.
struct LanesPlan {
  let rect: Rect
  let nameColumns: Int
  let stateX: Int
  let stateColumns: Int
  /// Whether what a state is for stands beside its word.
  let hasReasons: Bool
  let barX: Int
  let barColumns: Int
  let window: Axis.Window
  /// The first row of the list that is shown.
  let top: Int
  /// How far that is from where the pane would stand.
  let scroll: Int

  /// Room for the longest word of a state.
  private static let widestWord = 16
  /// The narrowest pane that has room for what a state is for, besides its word.
  private static let narrowestForReasons = 120

  init(_ model: Model, in rect: Rect) {
    self.rect = rect
    hasReasons = rect.columns >= Self.narrowestForReasons
    stateColumns =
      hasReasons ? min(52, rect.columns / 3) : rect.columns >= 50 ? Self.widestWord : 3
    nameColumns = max(0, min(rect.columns - stateColumns - 1, max(10, min(28, rect.columns / 4))))
    stateX = 1 + nameColumns + 1
    barX = min(rect.columns, stateX + stateColumns)
    barColumns = max(0, rect.columns - barX - 1)
    window =
      model.grabbed
      ?? model.axis.window(
        columns: barColumns, cursor: model.cursor, time: model.player.time)
    let rows = max(0, rect.rows - 1)
    let selected = model.selectedRow ?? 0
    // Pages that overlap by half, chosen by the selection alone.
    let half = max(1, rows / 2)
    let last = max(0, model.lanes.rows.count - rows)
    let page = min(selected < rows ? 0 : (selected - half) / half * half, last)
    top = min(max(0, page + model.scrolls[.lanes, default: 0]), last)
    scroll = top - page
  }

  func rows(of model: Model) -> ArraySlice<LaneList.Row> {
    model.lanes.rows.dropFirst(top).prefix(max(0, rect.rows - 1))
  }
}

private func drawLanesTitle(_ model: Model, _ plan: LanesPlan, on frame: inout Frame) {
  let y = plan.rect.y
  frame.fill(
    Rect(x: 0, y: y, columns: plan.rect.columns, rows: 1), "─", style: .border)
  let count = model.lanes.rows.count
  var title = "lanes \(count)"
  if model.hidesOver { title += " of \(model.timeline.laneCount(at: model.cursor))" }
  if !model.filter.isEmpty { title += " with '\(model.filter)'" }
  if model.order != .tree { title += " by \(model.order.rawValue)" }
  let isFocused = model.focus == .lanes
  let used = frame.text(
    clipped(" \(title) ", to: max(0, plan.barX - 2)), x: 1, y: y,
    style: Style(.title, isFocused ? [.bold, .reverse] : .bold))
  let findings = model.findingCount
  if findings > 0 {
    let text = "! \(findings) \(findings == 1 ? "finding" : "findings") "
    if used + columns(of: text) <= plan.barX - 2 {
      frame.text(text, x: 1 + used, y: y, style: Style(.warning, .bold))
    }
  }
  drawAxis(model, plan, on: &frame)
}

/// Draws the moments at which seconds, or parts or many of them, pass.
private func drawAxis(_ model: Model, _ plan: LanesPlan, on frame: inout Frame) {
  guard plan.barColumns > 0 else { return }
  let y = plan.rect.y
  let times = (0...plan.barColumns).map { column in
    min(plan.window.time(atColumn: column, in: model.timeline), model.player.time)
  }
  let unit = labelUnit(from: times[0], to: times[plan.barColumns], columns: plan.barColumns)
  var free = 0
  for column in 0..<plan.barColumns where column >= free && column <= plan.window.cursorColumn {
    let isFirst = column == 0 && plan.window.left == 0
    guard isFirst || times[column] / unit != times[column + 1] / unit else { continue }
    let moment = isFirst ? 0 : times[column + 1] / unit * unit
    let label = "╷\(shortTimeText(moment))"
    // Half a number is worse than none.
    let isCut =
      column < plan.window.cursorColumn
      && column + columns(of: label) > plan.window.cursorColumn
    if isCut { continue }
    let used = frame.text(
      label, x: plan.barX + column, y: y, style: .muted, limit: plan.barColumns - column)
    free = column + used + 1
  }
  for marker in model.allMarkers where marker <= model.cursor {
    let position = plan.window.axis.position(
      time: model.timeline.time(at: marker), events: marker)
    let column = Int(position - plan.window.left)
    guard position >= plan.window.left, column < plan.barColumns else { continue }
    frame.put("◆", x: plan.barX + column, y: y, style: Style(.marker))
  }
  frame.put("▼", x: plan.barX + plan.window.cursorColumn, y: y, style: Style(.cursor, .bold))
}

/// The distance between two labels: a round one, so that there is about one in twelve columns.
private func labelUnit(from start: Int64, to end: Int64, columns: Int) -> Int64 {
  let labels = Int64(max(1, columns / 12))
  let wanted = max(1, (end - start) / labels)
  return roundSpans.first { $0 >= wanted } ?? .max
}

private func drawLane(
  _ row: LaneList.Row, y: Int, _ model: Model, _ plan: LanesPlan, on frame: inout Frame
) {
  let look = LaneLook(model.timeline.state(of: row.lane, at: model.cursor))
  let isSelected = row.lane == model.selected
  let emphasis: Emphasis = isSelected ? [.bold, .reverse] : []
  if isSelected {
    frame.fill(
      Rect(x: 0, y: y, columns: plan.barX - 1, rows: 1), style: Style(.selection, .reverse))
    frame.put("▸", x: 0, y: y, style: Style(.selection, emphasis))
  }
  let indent = min(row.depth * 2, plan.nameColumns / 4 * 2)
  if row.depth > 0 {
    frame.text(row.isLast ? "└" : "├", x: 1 + indent - 2, y: y, style: Style(.border, emphasis))
    // Where the tree is too deep for the column, names have room, and the innermost lines none.
    for depth in 1..<max(1, indent / 2) where row.isPassed(at: depth) {
      frame.text("│", x: 1 + depth * 2 - 2, y: y, style: Style(.border, emphasis))
    }
  }
  let room = max(0, plan.nameColumns - indent)
  let name = model.timeline.name(of: row.lane, at: model.cursor, besideLabelIn: room)
  let label = model.timeline.label(of: row.lane, to: room - columns(of: name))
  let isMatch =
    !model.search.isEmpty
    && model.timeline.isNamed(model.search, row.lane, at: model.cursor)
  let role = isMatch ? Role.match : isSelected ? .selection : .plain
  let used = frame.text(label, x: 1 + indent, y: y, style: Style(role, emphasis))
  frame.text(
    name, x: 1 + indent + used, y: y,
    style: Style(role == .plain ? .muted : role, emphasis))
  if let first = model.timeline.complaints(about: row.lane).first, first < model.cursor {
    frame.put("!", x: plan.stateX - 1, y: y, style: Style(.warning, emphasis.union(.bold)))
  }
  frame.put(look.glyph, x: plan.stateX, y: y, style: Style(look.role, emphasis.union(.bold)))
  guard plan.stateColumns > 3 else {
    frame.text(String(look.letter), x: plan.stateX + 1, y: y, style: Style(look.role, emphasis))
    return
  }
  let word =
    plan.hasReasons ? model.timeline.stateWords(of: row.lane, at: model.cursor) : look.word
  frame.text(
    clipped(word, to: plan.stateColumns - 3), x: plan.stateX + 2, y: y,
    style: Style(look.role, emphasis))
}
