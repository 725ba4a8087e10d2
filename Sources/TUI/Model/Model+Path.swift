import Insight
import Trace

extension Model {
  /// Finds out what the selected lane's time went to, while that is shown. O(steps followed × log events).
  mutating func followPath() {
    guard panes.contains(.path), let selected else { return path = nil }
    let now = max(player.time, timeline.time(at: cursor))
    path = timeline.criticalPath(of: selected, at: cursor, now: now, limit: Self.longestPath).map {
      PathReport($0, at: cursor, in: timeline, limit: Self.longestPathList)
    }
  }

  /// How many steps are followed at most: this is done for each frame.
  private static let longestPath = 5000
  private static let longestPathList = 20
}
