import Trace

extension Timeline {
  /// A lane's label in at most so many columns. What is cut is its name, never the number that
  /// tells it from its namesakes; nothing for no lane.
  func label(of lane: LaneID, to limit: Int) -> String {
    guard lane != .none else { return "" }
    let label = label(of: lane)
    let length = self.lane(lane).map { text($0.name).utf8.count } ?? 0
    guard length > 0, label.utf8.count > length, columns(of: label) > limit else {
      return clipped(label, to: limit)
    }
    let end = label.utf8.index(label.startIndex, offsetBy: length)
    let number = clipped(label[end...], to: limit)
    return clipped(label[..<end], to: limit - columns(of: number)) + number
  }
}
