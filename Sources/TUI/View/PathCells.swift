import Insight
import Trace

/// Which cells of the bars lie on the path that is shown.
struct PathCells {
  /// For each lane the events after which it was on the path, in order.
  private var stretches: [LaneID: [ClosedRange<Int>]] = [:]

  init(_ path: CriticalPath) {
    for part in path.parts where part.row != .none {
      let after = part.events.lowerBound + 1
      let stretch = after...max(after, part.events.upperBound)
      if let last = stretches[part.row]?.last, last.upperBound + 1 >= stretch.lowerBound {
        stretches[part.row]?.removeLast()
        stretches[part.row]?.append(last.lowerBound...max(last.upperBound, stretch.upperBound))
      } else {
        stretches[part.row, default: []].append(stretch)
      }
    }
  }

  /// Whether a lane was on the path in a column, before which `left` events had happened, and at whose end
  /// `right`. O(log parts).
  func contain(_ lane: LaneID, left: Int, right: Int) -> Bool {
    guard let stretches = stretches[lane] else { return false }
    let place = stretches.indices.partition { stretches[$0].upperBound < min(left + 1, right) }
    return place < stretches.count && stretches[place].lowerBound <= right
  }
}
