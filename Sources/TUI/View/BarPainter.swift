import Trace

/// Draws the histories of lanes on one axis.
struct BarPainter {
  private let timeline: Timeline
  private let cursor: Int
  /// The last event that may be shown: the cursor, or all that is known.
  private let end: Int
  /// For each column, how many events stand left of its right edge.
  private let edges: [Int]
  /// How many events stand left of the window.
  private let leftEdge: Int
  private let lastColumn: Int
  /// The path that is shown, if any: what is not on it is dotted.
  private let path: PathCells?

  init(_ model: Model, window: Axis.Window) {
    timeline = model.timeline
    cursor = model.cursor
    end = model.showsAhead ? timeline.events.count : cursor
    path = model.pathCells
    edges = window.edges(in: timeline)
    leftEdge = window.cursor(atColumn: -1, in: timeline)
    // What holds at the last event that is known need not hold any longer.
    let known = window.axis.position(time: timeline.time(at: end), events: end) - window.left
    lastColumn = max(window.cursorColumn, min(window.columns - 1, Int(known)))
  }

  /// Draws one lane's bar. A column shows what the lane was doing at its end, but a lane that ran
  /// in it shows that it did, however short.
  ///
  /// - Complexity: O(columns × log changes).
  func paint(_ lane: LaneID, x: Int, y: Int, on frame: inout Frame) {
    guard let changes = timeline.changes(of: lane), !edges.isEmpty else { return }
    var next = (0..<changes.count).partition { changes[$0].event < leftEdge }
    var state: LaneState? = next > 0 ? changes[next - 1].state : nil
    for column in 0...min(lastColumn, edges.count - 1) {
      let edge = min(edges[column], end)
      let first = next
      next = (next..<changes.count).partition { changes[$0].event < edge }
      if next > first { state = changes[next - 1].state }
      guard let state else { continue }
      let emphasis: Emphasis = edge > cursor ? .dim : []
      if next > first, state.isOver {
        let look = LaneLook(state)
        frame.put(look.glyph, x: x + column, y: y, style: Style(look.role, emphasis))
      } else {
        // Between two turns of a lane stand at most two other states.
        let ran = changes[first..<min(next, first + 4)].contains { $0.state == .running }
        let look = LaneLook(ran ? .running : state)
        guard look.bar != " " else { continue }
        let isRunning = ran || state == .running
        let isOff = edge <= cursor && !isOnPath(lane, isRunning, column, edge)
        frame.put(
          isOff ? "·" : look.bar, x: x + column, y: y,
          style: isOff ? .muted : Style(look.role, emphasis))
      }
    }
    paintComplaints(about: lane, x: x, y: y, on: &frame)
  }

  /// Whether there is no path shown, or the lane was on it.
  private func isOnPath(_ lane: LaneID, _ isRunning: Bool, _ column: Int, _ edge: Int) -> Bool {
    let left = column > 0 ? edges[column - 1] : leftEdge
    return path?.contain(lane, isRunning: isRunning, left: left, right: edge) ?? true
  }

  /// Marks the columns in which the program's runtime complained of the lane.
  private func paintComplaints(about lane: LaneID, x: Int, y: Int, on frame: inout Frame) {
    let complaints = timeline.complaints(about: lane)
    guard complaints.count > 0 else { return }
    var next = complaints.count(at: leftEdge)
    let last = complaints.count(at: end)
    var column = 0
    while next < last {
      let event = complaints[next]
      column = (column..<edges.count).partition { edges[$0] <= event }
      guard column <= lastColumn, column < edges.count else { return }
      frame.put("!", x: x + column, y: y, style: Style(.warning, .bold))
      next = complaints.count(at: edges[column])
    }
  }
}
