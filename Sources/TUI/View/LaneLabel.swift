import Trace

extension Timeline {
  /// A lane's label in at most so many columns. What is cut is its name, never the number that
  /// tells it from its namesakes; nothing for no lane.
  func label(of lane: LaneID, to limit: Int) -> String {
    guard lane != .none else { return "" }
    let label = label(of: lane)
    guard columns(of: label) > limit else { return clipped(label, to: limit) }
    let name = self.lane(lane).map { text($0.name) } ?? ""
    let number = label.hasPrefix(name) ? String(label.dropFirst(name.count)) : ""
    return clipped(name, to: limit - number.count) + clipped(number, to: limit)
  }
}
