import Insight
import Trace

extension Model {
  /// Finds out what the selected lane's time went to, while that is shown. O(parts followed × log events).
  mutating func followPath() {
    guard panes.contains(.path), let selected else { return forgetPath() }
    let asked = PathQuestion(
      lane: selected, cursor: cursor, events: timeline.events.count, time: player.time)
    guard asked != pathQuestion else { return }
    let found = timeline.criticalPath(
      of: selected, at: cursor, now: player.time, limit: Self.longestPath)
    pathQuestion = asked
    path = found.map { PathReport($0, at: cursor, in: timeline) }
    pathCells = found.map(PathCells.init)
  }

  mutating func forgetPath() {
    pathQuestion = nil
    path = nil
    pathCells = nil
  }

  /// Of how many parts it is followed back: this is done for each frame that shows another moment.
  private static let longestPath = 10_000
}

/// For what a path was found out.
struct PathQuestion: Equatable {
  var lane: LaneID
  var cursor: Int
  var events: Int
  /// The moment shown, in nanoseconds.
  var time: Int64
}
