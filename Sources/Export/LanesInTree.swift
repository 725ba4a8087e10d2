import TUI
import Trace

extension Timeline {
  /// All lanes as the screen's tree lists them, each below the one that created it.
  func lanesInTree() -> [(lane: LaneID, depth: Int)] {
    var list = LaneList()
    list.refresh(self, cursor: events.count, order: .tree)
    return list.rows.map { ($0.lane, $0.depth) }
  }
}
