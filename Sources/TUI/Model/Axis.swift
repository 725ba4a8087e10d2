package import Trace

/// Maps the run to columns.
///
/// Time alone would hide the order of what happens at one instant, and order alone would hide how
/// long things take. So a column is a slice of time *or* an event: event `i` at time `t` stands at
/// `t × columns per second + i × columns per event`, which grows with both.
package struct Axis: Equatable, Sendable {
  package enum Mode: CaseIterable, Sendable {
    case mixed
    case time
    case events
  }

  package var mode = Mode.mixed
  /// Each step doubles the scale; 0 is a column an event and 6 columns a second.
  package var zoom = 0

  package static let zooms = -24...12

  package init() {}

  package var columnsPerEvent: Double { mode == .time ? 0 : scale }
  package var columnsPerSecond: Double { mode == .events ? 0 : 6 * scale }

  private var scale: Double { zoom < 0 ? 1 / Double(1 << -zoom) : Double(1 << zoom) }

  /// Columns from the start of the run to a moment at which so many events have happened.
  package func position(time: Int64, events: Int) -> Double {
    Double(time) / 1e9 * columnsPerSecond + Double(events) * columnsPerEvent
  }

  /// The part of the axis that is on the screen, chosen by the cursor alone so that stepping back
  /// shows again what was there: pages that overlap by half.
  package func window(columns: Int, cursor: Int, time: Int64) -> Window {
    let position = position(time: time, events: cursor)
    let half = Double(max(1, columns / 2))
    let page = max(0, (position - half) / half).rounded(.down)
    return Window(
      axis: self, left: position < Double(columns) ? 0 : page * half, columns: columns,
      now: position)
  }

  package struct Window: Equatable, Sendable {
    package let axis: Axis
    /// The position of the window's left edge.
    package let left: Double
    package let columns: Int
    /// The position of the moment shown.
    package let now: Double

    /// The column of the moment shown.
    package var cursorColumn: Int { min(max(0, columns - 1), Int(now - left)) }

    /// The cursor at a column: how many events stand left of the column's right edge. O(log events).
    package func cursor(atColumn column: Int, in timeline: Timeline) -> Int {
      axis.cursor(atPosition: left + Double(column + 1), in: timeline)
    }

    /// For each column, how many events stand left of its right edge. O(columns × log events).
    package func edges(in timeline: Timeline) -> [Int] {
      (0..<columns).map { cursor(atColumn: $0, in: timeline) }
    }

    /// The moment at a column's left edge, in nanoseconds. O(log events).
    package func time(atColumn column: Int, in timeline: Timeline) -> Int64 {
      axis.time(atPosition: left + Double(column), in: timeline)
    }
  }

  /// How many events stand left of a position, or at it. O(log events).
  package func cursor(atPosition edge: Double, in timeline: Timeline) -> Int {
    timeline.events.indices.partition { index in
      position(time: timeline.events[index].time, events: index + 1) <= edge
    }
  }

  /// The moment at a position, in nanoseconds: after an event time passes evenly, and stands still
  /// where the next one has its own column. O(log events).
  package func time(atPosition edge: Double, in timeline: Timeline) -> Int64 {
    let events = edge == 0 ? 0 : cursor(atPosition: edge, in: timeline)
    let start = timeline.time(at: events)
    guard columnsPerSecond > 0 else { return start }
    let rest = edge - position(time: start, events: events)
    let span = max(0, rest) / columnsPerSecond * 1e9
    let next = events < timeline.events.count ? timeline.events[events].time : .max
    return start + Int64(min(span, Double(next - start), 9e18 - Double(start)))
  }
}

extension Range<Int> {
  /// The first index for which the condition no longer holds; it must hold for a prefix only.
  /// O(log count).
  func partition(_ holds: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
