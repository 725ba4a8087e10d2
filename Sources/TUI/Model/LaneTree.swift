import Trace

/// Who created whom. It only grows, as a run does.
struct LaneTree: Equatable, Sendable {
  /// The places of the first and the last lane that one lane created; -1 for none.
  private struct Children: Equatable {
    var first = -1
    var last = -1

    mutating func add(_ place: Int) {
      if first < 0 { first = place }
      last = place
    }
  }

  /// By the place of a lane in the order of creation.
  private var children: [Children] = []
  private var nextSisters: [Int] = []
  private var roots = Children()

  private var count: Int { children.count }

  /// Takes in the lanes that have come since. O(lanes that have).
  mutating func grow(to timeline: Timeline) {
    for place in count..<max(count, timeline.laneCount) {
      children.append(Children())
      nextSisters.append(-1)
      // A creator always comes before what it creates; anything else would not be a tree.
      let parent = timeline.placeOfParent(ofLaneAt: place).flatMap { $0 < place ? $0 : nil }
      let last = parent.map { children[$0].last } ?? roots.last
      if last >= 0 { nextSisters[last] = place }
      if let parent { children[parent].add(place) } else { roots.add(place) }
    }
  }

  /// Visits the first so many lanes, each below the one that created it, in the order of creation.
  /// O(lanes).
  func forEach(ofFirst limit: Int, _ visit: (_ place: Int, _ depth: Int) -> Void) {
    var open: [Int] = []
    var next = roots.first
    while true {
      // What was created later comes later among its sisters too.
      if next >= 0, next < limit {
        visit(next, open.count)
        open.append(next)
        next = children[next].first
      } else if let above = open.popLast() {
        next = nextSisters[above]
      } else {
        return
      }
    }
  }
}
