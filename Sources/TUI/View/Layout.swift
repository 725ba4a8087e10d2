/// Where each part of the screen stands at its size.
///
/// The lanes come first: the other panes share what the lanes can spare, side by side where the
/// screen is wide, and those opened last stay where there is not room for all.
struct Layout: Equatable {
  struct Placed: Equatable {
    let pane: Pane
    let rect: Rect
  }

  let header: Rect
  let lanes: Rect
  let panes: [Placed]
  let footer: Rect

  private static let narrowestPane = 30
  private static let lowestPane = 4
  private static let lowestLanes = 5

  init(size: Size, open: [Pane]) {
    let rows = size.rows
    let footerRows = rows >= 3 ? 1 : 0
    let headerRows = rows >= 2 ? 1 : 0
    header = Rect(x: 0, y: 0, columns: size.columns, rows: headerRows)
    footer = Rect(x: 0, y: rows - footerRows, columns: size.columns, rows: footerRows)

    let body = max(0, rows - headerRows - footerRows)
    let perRow = max(1, size.columns / Self.narrowestPane)
    let spare = max(0, body - max(Self.lowestLanes, body * 2 / 5))
    let wanted = (open.count + perRow - 1) / perRow
    let bands = min(wanted, spare / Self.lowestPane)
    let bandRows = bands > 0 ? spare / bands : 0
    let shown = Set(open.suffix(bands * perRow))
    let inOrder = Pane.allCases.filter { shown.contains($0) }

    lanes = Rect(x: 0, y: headerRows, columns: size.columns, rows: body - bands * bandRows)
    var placed: [Placed] = []
    for band in 0..<bands {
      // A last band with fewer panes gives them more room each.
      let first = band * inOrder.count / bands
      let end = (band + 1) * inOrder.count / bands
      for (place, pane) in inOrder[first..<end].enumerated() {
        let left = place * size.columns / (end - first)
        let right = (place + 1) * size.columns / (end - first)
        placed.append(
          Placed(
            pane: pane,
            rect: Rect(
              x: left, y: headerRows + lanes.rows + band * bandRows, columns: right - left,
              rows: bandRows)))
      }
    }
    panes = placed
  }
}

extension Model {
  var layout: Layout { Layout(size: size, open: panes) }
}
