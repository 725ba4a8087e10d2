/// Draws a model. The same model gives the same picture, whatever came before.
package func view(of model: Model) -> Frame {
  var frame = Frame(size: model.size)
  let layout = model.layout
  drawHeader(model, in: layout.header, on: &frame)
  drawLanes(model, in: layout.lanes, on: &frame)
  for placed in layout.panes {
    let inside = drawPaneFrame(placed, model, on: &frame)
    switch placed.pane {
    case .lanes: break
    case .loop: drawLoop(model, in: inside, on: &frame)
    case .inspector: drawInspector(model, in: inside, on: &frame)
    case .source: drawSource(model, in: inside, on: &frame)
    case .output: drawOutput(model, in: inside, on: &frame)
    case .events: drawEvents(model, in: inside, on: &frame)
    case .findings: drawFindings(model, in: inside, on: &frame)
    }
  }
  drawFooter(model, in: layout.footer, on: &frame)
  if let overlay = model.overlay { drawOverlay(overlay, model, on: &frame) }
  return frame
}

/// Draws a pane's title and its left edge.
///
/// - Returns: the room that is left inside.
private func drawPaneFrame(_ placed: Layout.Placed, _ model: Model, on frame: inout Frame) -> Rect {
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
  let edge = rect.x > 0 ? 2 : 1
  return Rect(
    x: rect.x + edge, y: rect.y + 1, columns: max(0, rect.columns - edge),
    rows: max(0, rect.rows - 1))
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
