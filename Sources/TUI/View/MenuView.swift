/// Draws the menu of the demos: a row each with its lesson, and the note of the selected one.
package func view(of menu: Menu) -> Frame {
  var frame = Frame(size: menu.size)
  let width = menu.size.columns
  frame.fill(Rect(x: 0, y: 0, columns: width, rows: 1), style: Style(.title, .reverse))
  frame.text(
    clipped(" loopscope", to: width), x: 0, y: 0, style: Style(.title, [.bold, .reverse]))
  drawPlace(menu, on: &frame)
  frame.text(
    clipped("See every coroutine. Step the loop. Rewind time.", to: width - 2), x: 1, y: 1,
    style: .muted)
  let nameColumns = menu.nameColumns
  for (row, place) in menu.shown.enumerated() {
    let item = menu.items[place]
    let y = Menu.firstRow + row
    let isSelected = place == menu.selected
    let emphasis: Emphasis = isSelected ? .reverse : []
    if isSelected {
      frame.fill(
        Rect(x: 0, y: y, columns: width, rows: 1), style: Style(.selection, .reverse))
    }
    frame.text(isSelected ? "▸" : " ", x: 0, y: y, style: Style(.selection, emphasis))
    frame.text(
      clipped(item.name, to: nameColumns), x: 2, y: y,
      style: Style(isSelected ? .selection : .key, emphasis.union(.bold)))
    frame.text(
      clipped(item.lesson, to: menu.lessonColumns), x: 2 + nameColumns, y: y,
      style: Style(isSelected ? .selection : .plain, emphasis))
  }
  drawNote(menu, on: &frame)
  let keys = [
    "↑↓ choose  enter open, paused at the start  q quit", "↑↓ choose  enter open  q quit",
  ]
  let foot = menu.message ?? keys.first { columns(of: $0) <= width - 2 } ?? keys[1]
  if menu.size.rows > 2 {
    frame.text(clipped(foot, to: width - 2), x: 1, y: menu.size.rows - 1, style: .muted)
  }
  return frame
}

/// Which of the demos is chosen, and how many there are: the list rarely has room for them all.
private func drawPlace(_ menu: Menu, on frame: inout Frame) {
  let place = "demo \(menu.selected + 1) of \(menu.items.count) "
  let x = menu.size.columns - columns(of: place)
  if x > columns(of: " loopscope") {
    frame.text(place, x: x, y: 0, style: Style(.title, .reverse))
  }
}

private func drawNote(_ menu: Menu, on frame: inout Frame) {
  guard menu.noteRows > 0, menu.items.indices.contains(menu.selected) else { return }
  let item = menu.items[menu.selected]
  let rect = Rect(
    x: 2, y: menu.size.rows - menu.noteRows - 1, columns: menu.size.columns - 4,
    rows: menu.noteRows)
  frame.fill(
    Rect(x: 0, y: rect.y, columns: menu.size.columns, rows: 1), "─", style: .border)
  frame.text(" \(item.title) ", x: 2, y: rect.y, style: Style(.title, .bold))
  menu.note(of: item).draw(
    in: Rect(x: rect.x, y: rect.y + 1, columns: rect.columns, rows: rect.rows - 1), on: &frame)
}
