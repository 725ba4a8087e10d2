/// Draws a model. The same model gives the same picture, whatever came before.
package func view(of model: Model) -> Frame {
  var frame = Frame(size: model.size)
  let layout = model.layout
  drawHeader(model, in: layout.header, on: &frame)
  drawPane(.lanes, model, in: layout.lanes, on: &frame)
  for placed in layout.panes {
    drawPaneFrame(placed, model, on: &frame)
    drawPane(placed.pane, model, in: inside(placed.rect), on: &frame)
  }
  drawFooter(model, in: layout.footer, on: &frame)
  if let overlay = model.overlay { drawOverlay(overlay, model, on: &frame) }
  return frame
}

/// Draws what is inside a pane.
///
/// - Returns: how far it is scrolled, which is no further than what it shows goes.
@discardableResult
private func drawPane(
  _ pane: Pane, _ model: Model, in rect: Rect, on frame: inout Frame
) -> Int {
  switch pane {
  case .lanes: drawLanes(model, in: rect, on: &frame)
  case .loop: drawLoop(model, in: rect, on: &frame)
  case .inspector: drawInspector(model, in: rect, on: &frame)
  case .source: drawSource(model, in: rect, on: &frame)
  case .output: drawOutput(model, in: rect, on: &frame)
  case .events: drawEvents(model, in: rect, on: &frame)
  case .findings: drawFindings(model, in: rect, on: &frame)
  case .path: drawPath(model, in: rect, on: &frame)
  }
}

extension Model {
  /// Scrolls a pane by so many rows, no further than what it shows goes.
  mutating func scroll(_ pane: Pane, by rows: Int) {
    let placed = layout.panes.first { $0.pane == pane }
    guard let rect = pane == .lanes ? layout.lanes : placed.map({ inside($0.rect) }) else { return }
    scrolls[pane, default: 0] += rows
    var scratch = Frame(size: size)
    scrolls[pane] = drawPane(pane, self, in: rect, on: &scratch)
  }
}

/// The room inside a pane: its title is above it, and an edge to the left of it.
private func inside(_ rect: Rect) -> Rect {
  let edge = rect.x > 0 ? 2 : 1
  return Rect(
    x: rect.x + edge, y: rect.y + 1, columns: max(0, rect.columns - edge),
    rows: max(0, rect.rows - 1))
}

/// Draws a pane's title and its left edge.
private func drawPaneFrame(_ placed: Layout.Placed, _ model: Model, on frame: inout Frame) {
  let rect = placed.rect
  let isFocused = model.focus == placed.pane
  frame.fill(Rect(x: rect.x, y: rect.y, columns: rect.columns, rows: 1), "─", style: .border)
  let title = " \(placed.pane.title(in: model)) "
  frame.text(
    clipped(title, to: rect.columns - 3), x: rect.x + 2, y: rect.y,
    style: Style(.title, isFocused ? [.bold, .reverse] : .bold))
  if rect.x > 0 {
    frame.fill(Rect(x: rect.x, y: rect.y, columns: 1, rows: 1), "┬", style: .border)
    frame.fill(
      Rect(x: rect.x, y: rect.y + 1, columns: 1, rows: rect.rows - 1), "│", style: .border)
  }
}

extension Pane {
  fileprivate func title(in model: Model) -> String {
    switch self {
    case .source: model.sourceTitle
    default: rawValue
    }
  }
}

extension Style {
  static let muted = Style(.muted)
  static let border = Style(.border)
}
