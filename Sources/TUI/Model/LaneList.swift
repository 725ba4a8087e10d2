package import Trace

/// The lanes in the order in which they are drawn: a tree by who created whom, or sorted by a
/// column, and only those that the filter lets through and that are not over, if those are hidden.
package struct LaneList: Equatable, Sendable {
  package enum Order: String, CaseIterable, Sendable {
    case tree
    case name
    case state
    case busy
  }

  package struct Row: Equatable, Sendable {
    package let lane: LaneID
    /// How deep in the tree it stands; 0 for a root and in a sorted list.
    package let depth: Int
    /// Whether no sister follows it on the screen.
    package fileprivate(set) var isLast = false
    /// The depths at which a line runs past it, down to a lane that follows: bit 3 for depth 3. None
    /// deeper than 63 is drawn.
    fileprivate var passing: UInt64 = 0

    /// Whether a line at a depth less than its own runs past it.
    package func isPassed(at depth: Int) -> Bool { depth < 64 && passing & 1 << depth != 0 }
  }

  package private(set) var rows: [Row] = []
  /// What the rows were made from: they are made again when it changes.
  private var made: Recipe?
  private var tree = LaneTree()
  private var ranking = Ranking(by: .tree)

  private struct Recipe: Equatable {
    let lanes: Int
    /// How many names tasks have been given, where they matter.
    let namings: Int?
    let cursor: Int?
    let order: Order
    let filter: String
    let hidesOver: Bool
    let chosen: LaneID
  }

  package init() {}

  /// The row of a lane. O(rows).
  package func index(of lane: LaneID) -> Int? { rows.firstIndex { $0.lane == lane } }

  /// Makes the rows again where anything that they depend on has changed.
  ///
  /// - Parameter chosen: stays although it is over.
  /// - Complexity: O(1) if nothing has, else O(lanes), with what ``Ranking`` takes to sort them.
  package mutating func refresh(
    _ timeline: Timeline, cursor: Int, order: Order, filter: String = "", hidesOver: Bool = false,
    chosen: LaneID = .none
  ) {
    let dependsOnCursor = order == .state || order == .busy || hidesOver
    let recipe = Recipe(
      lanes: timeline.laneCount(at: cursor),
      namings: filter.isEmpty ? nil : timeline.namingCount(at: cursor),
      cursor: dependsOnCursor ? cursor : nil, order: order, filter: filter, hidesOver: hidesOver,
      chosen: hidesOver ? chosen : .none)
    guard recipe != made else { return }
    made = recipe
    rows.removeAll(keepingCapacity: true)
    if order == .tree {
      tree.grow(to: timeline)
      tree.forEach(ofFirst: recipe.lanes) { place, depth in
        rows.append(Row(lane: timeline.laneID(at: place), depth: depth))
      }
    } else {
      if ranking.order != order { ranking = Ranking(by: order) }
      ranking.update(timeline, cursor: cursor)
      rows = ranking.lanes(of: timeline).map { Row(lane: $0, depth: 0) }
    }
    if !filter.isEmpty {
      rows = rows.filter { timeline.isNamed(filter, $0.lane, at: cursor) }
        .map { Row(lane: $0.lane, depth: 0) }
    }
    if hidesOver { hideOver(timeline, cursor: cursor, besides: chosen) }
    if filter.isEmpty, order == .tree { markLast() }
  }

  /// Leaves out what is over, but for lanes above one that is not. O(lanes).
  private mutating func hideOver(_ timeline: Timeline, cursor: Int, besides chosen: LaneID) {
    var kept: [Row] = []
    for row in rows.reversed() {
      let isAbove = kept.last.map { $0.depth > row.depth } ?? false
      if isAbove || row.lane == chosen || !timeline.isOverWithoutFault(row.lane, at: cursor) {
        kept.append(row)
      }
    }
    rows = kept.reversed()
  }

  /// Finds the rows after which no sister comes, and the lines that run past each. Lanes that are
  /// created later do not count, so that a tree looks the same however much of the run is known.
  /// O(rows).
  private mutating func markLast() {
    var hasLater: [Bool] = []
    var passing: UInt64 = 0
    for index in rows.indices.reversed() {
      let depth = rows[index].depth
      while hasLater.count <= depth { hasLater.append(false) }
      rows[index].isLast = !hasLater[depth]
      hasLater[depth] = true
      hasLater.removeSubrange((depth + 1)...)
      guard depth < 64 else { continue }
      passing &= (1 << depth) - 1
      rows[index].passing = passing
      passing |= 1 << depth
    }
  }
}

extension Timeline {
  /// Whether a lane's label contains a text, or a name does that its task has had by then. That every
  /// task has a name of asyncio's, `Task-7`, matters only to who asks for just that one.
  package func isNamed(_ text: String, _ lane: LaneID, at cursor: Int) -> Bool {
    if label(of: lane).containsIgnoringCase(text) { return true }
    guard let lane = self.lane(lane) else { return false }
    return namings(of: lane, at: cursor).contains { event in
      guard let name = events[event].fact.taskName.map(self.text) else { return false }
      return name.hasPrefix("Task-")
        ? name.lowercased() == text.lowercased() : name.containsIgnoringCase(text)
    }
  }
}
