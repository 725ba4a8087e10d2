extension Model {
  /// A click chooses a lane or a pane, a click or a drag on the bars seeks, the wheel scrolls.
  mutating func update(_ mouse: Mouse) -> [Effect] {
    guard overlay == nil, prompt == nil else { return wheelOverOverlay(mouse) }
    let layout = layout
    let plan = LanesPlan(self, in: layout.lanes)
    let isOnLanes = layout.lanes.contains(x: mouse.x, y: mouse.y)
    switch mouse.kind {
    case .wheelUp: scroll(at: mouse, layout, by: -3)
    case .wheelDown: scroll(at: mouse, layout, by: 3)
    case .press where mouse.button == .left && isOnLanes:
      focus = .lanes
      let row = mouse.y - layout.lanes.y - 1
      let rows = plan.rows(of: self)
      if row >= 0, row < rows.count { chosen = rows[rows.startIndex + row].lane }
      guard mouse.x >= plan.barX else { return [] }
      grabbed = plan.window
      return seek(toColumn: mouse.x - plan.barX)
    case .press where mouse.button == .left:
      let hit = layout.panes.first { $0.rect.contains(x: mouse.x, y: mouse.y) }
      if let hit { focus = hit.pane }
    case .drag where grabbed != nil: return seek(toColumn: mouse.x - plan.barX)
    case .release: grabbed = nil
    default: break
    }
    return []
  }

  private mutating func seek(toColumn column: Int) -> [Effect] {
    guard let grabbed else { return [] }
    let column = min(max(0, column), grabbed.columns - 1)
    return seek(to: grabbed.cursor(atColumn: column, in: timeline))
  }

  private mutating func scroll(at mouse: Mouse, _ layout: Layout, by rows: Int) {
    if layout.lanes.contains(x: mouse.x, y: mouse.y) {
      scroll(.lanes, by: rows)
    } else if let hit = layout.panes.first(where: { $0.rect.contains(x: mouse.x, y: mouse.y) }) {
      scroll(hit.pane, by: rows)
    }
  }

  private mutating func wheelOverOverlay(_ mouse: Mouse) -> [Effect] {
    guard let overlay else { return [] }
    switch mouse.kind {
    case .wheelUp: return scroll(overlay, Key(.up))
    case .wheelDown: return scroll(overlay, Key(.down))
    default: return []
    }
  }
}
