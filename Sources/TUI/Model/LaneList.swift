package import Trace

/// The lanes in the order in which they are drawn: a tree by who created whom, or sorted by a
/// column, and only those that the filter lets through.
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
  private var tree: [Row] = []
  private var treeLanes = -1

  private struct Recipe: Equatable {
    let lanes: Int
    /// How many tasks there are, where their names matter.
    let tasks: Int?
    let cursor: Int?
    let order: Order
    let filter: String
  }

  /// The row of a lane. O(rows).
  package func index(of lane: LaneID) -> Int? { rows.firstIndex { $0.lane == lane } }

  /// Makes the rows again where anything that they depend on has changed.
  ///
  /// - Complexity: O(1) if nothing has, O(lanes) for a tree, O(lanes × log lanes) for a sorted list.
  package mutating func refresh(_ timeline: Timeline, cursor: Int, order: Order, filter: String) {
    let dependsOnCursor = order == .state || order == .busy
    let recipe = Recipe(
      lanes: timeline.laneCount(at: cursor),
      tasks: filter.isEmpty ? nil : timeline.taskCreations.count(at: cursor),
      cursor: dependsOnCursor ? cursor : nil, order: order, filter: filter)
    guard recipe != made else { return }
    made = recipe
    if treeLanes != timeline.laneCount {
      treeLanes = timeline.laneCount
      tree = Self.tree(of: timeline)
    }
    let newest = recipe.lanes == 0 ? LaneID.none : timeline.laneID(at: recipe.lanes - 1)
    rows = recipe.lanes == treeLanes ? tree : tree.filter { $0.lane <= newest }
    if filter.isEmpty, order == .tree { return markLast() }
    if !filter.isEmpty {
      rows = rows.filter { timeline.isNamed(filter, $0.lane, at: cursor) }
    }
    if order != .tree { sort(timeline, cursor: cursor, order: order) }
    rows = rows.map { Row(lane: $0.lane, depth: 0) }
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

  private mutating func sort(_ timeline: Timeline, cursor: Int, order: Order) {
    let lanes = rows.sorted { $0.lane < $1.lane }
    switch order {
    case .tree: break
    case .name:
      rows = lanes.map { (timeline.name(of: $0.lane), $0) }.stablySorted { $0.0 < $1.0 }.map(\.1)
    case .state:
      rows = lanes.map { (timeline.state(of: $0.lane, at: cursor).urgency, $0) }
        .stablySorted { $0.0 < $1.0 }.map(\.1)
    case .busy:
      rows = lanes.map { (timeline.busyness(of: $0.lane, at: cursor), $0) }
        .stablySorted { $0.0 > $1.0 }.map(\.1)
    }
  }

  /// Every lane below the lane that created it, in the order of creation. O(lanes).
  private static func tree(of timeline: Timeline) -> [Row] {
    let count = timeline.laneCount
    let lanes = (0..<count).map { timeline.laneID(at: $0) }
    var places: [LaneID: Int] = [:]
    places.reserveCapacity(count)
    for (place, lane) in lanes.enumerated() { places[lane] = place }
    var children = [[Int]](repeating: [], count: count)
    var roots: [Int] = []
    for (place, lane) in lanes.enumerated() {
      // A creator always comes before what it creates; anything else would not be a tree.
      let parent = timeline.lane(lane)?.parent ?? .none
      if let above = places[parent], above < place {
        children[above].append(place)
      } else {
        roots.append(place)
      }
    }
    var rows: [Row] = []
    rows.reserveCapacity(count)
    var open = roots.reversed().map { (place: $0, depth: 0) }
    while let next = open.popLast() {
      rows.append(Row(lane: lanes[next.place], depth: next.depth))
      for child in children[next.place].reversed() {
        open.append((place: child, depth: next.depth + 1))
      }
    }
    return rows
  }
}

extension Timeline {
  /// Whether a lane's label contains a text, or the name of its task does. That every task has a
  /// name of asyncio's, `Task-7`, matters only to who asks for just that one.
  fileprivate func isNamed(_ text: String, _ lane: LaneID, at cursor: Int) -> Bool {
    if label(of: lane).containsIgnoringCase(text) { return true }
    guard let lane = self.lane(lane), let created = lane.taskCreated, created < cursor else {
      return false
    }
    let name = self.text(lane.taskName)
    return name.hasPrefix("Task-")
      ? name.lowercased() == text.lowercased() : name.containsIgnoringCase(text)
  }

  /// A lane's name, with its arguments; several lanes may have the same.
  fileprivate func name(of lane: LaneID) -> String { self.lane(lane).map { text($0.name) } ?? "" }

  /// How much a lane has run: nanoseconds, and where a virtual clock makes those 0, how often.
  fileprivate func busyness(of lane: LaneID, at cursor: Int) -> Double {
    let durations = durations(of: lane, at: cursor)
    return Double(durations.nanoseconds(in: .running)) + Double(durations.entries(into: .running))
  }
}

extension LaneState {
  /// Where it stands in a list sorted by state: what moves first, what is over last.
  fileprivate var urgency: Int {
    switch self {
    case .running: 0
    case .ready: 1
    case .awaiting: 2
    case .waiting: 3
    case .sleeping: 4
    case .pending: 5
    case .unknown: 6
    case .failed, .neverAwaited, .unfinished: 7
    case .cancelled: 8
    case .done: 9
    }
  }
}

extension Sequence {
  /// Sorted, with equal elements in the order in which they came.
  fileprivate func stablySorted(by precedes: (Element, Element) -> Bool) -> [Element] {
    enumerated().sorted { a, b in
      if precedes(a.element, b.element) { return true }
      return precedes(b.element, a.element) ? false : a.offset < b.offset
    }.map(\.element)
  }
}
