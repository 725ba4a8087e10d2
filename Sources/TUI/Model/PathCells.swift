import Insight
import Trace

/// Which cells of the bars lie on the path that is shown.
struct PathCells: Sendable {
  /// For each lane the events after which it was on the path, in order.
  private var stretches: [LaneID: [ClosedRange<Int>]] = [:]
  /// The events after which the path waited for others to leave the loop, for a hundredth of its time or longer,
  /// in order.
  private var waits: [ClosedRange<Int>] = []
  /// How many events had happened where it begins, if it was not followed further.
  private let start: Int

  init(_ path: CriticalPath) {
    start = path.cut == nil ? 0 : path.origin
    for part in path.parts {
      let after = part.events.lowerBound + 1
      let stretch = after...max(after, part.events.upperBound)
      if part.state == .ready, part.nanoseconds > path.nanoseconds / 100 { waits.append(stretch) }
      guard part.row != .none else { continue }
      if let last = stretches[part.row]?.last, last.upperBound + 1 >= stretch.lowerBound {
        stretches[part.row]?.removeLast()
        stretches[part.row]?.append(last.lowerBound...max(last.upperBound, stretch.upperBound))
      } else {
        stretches[part.row, default: []].append(stretch)
      }
    }
  }

  /// Whether a lane was on the path in a column, before which `left` events had happened, and at whose end
  /// `right`; or was on the loop while the path waited for that; or may have been, before what is known of
  /// the path. O(log parts).
  func contain(_ lane: LaneID, isRunning: Bool, left: Int, right: Int) -> Bool {
    guard right > start else { return true }
    let column = min(left + 1, right)...right
    return stretches[lane].map { overlaps($0, column) } ?? false
      || isRunning && overlaps(waits, column)
  }

  private func overlaps(_ stretches: [ClosedRange<Int>], _ column: ClosedRange<Int>) -> Bool {
    let place = stretches.indices.partition { stretches[$0].upperBound < column.lowerBound }
    return place < stretches.count && stretches[place].lowerBound <= column.upperBound
  }
}
