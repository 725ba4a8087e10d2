import Trace

extension Timeline {
  /// A lane's label in at most so many columns; nothing for no lane. Where there is no room for all,
  /// the class before the function goes first, and the number that tells it from its namesakes stays.
  func label(of lane: LaneID, to limit: Int) -> String {
    guard lane != .none else { return "" }
    let label = label(of: lane)
    let length = self.lane(lane).map { text($0.name).utf8.count } ?? 0
    let end = label.utf8.index(label.startIndex, offsetBy: min(length, label.utf8.count))
    guard length > 0, end < label.endIndex || label.utf8.contains(dot), columns(of: label) > limit
    else { return clipped(label, to: limit) }
    let number = clipped(label[end...], to: limit)
    return clipped(label[..<end].withoutClass, to: limit - columns(of: number)) + number
  }
}

private let dot = UInt8(ascii: ".")

extension Substring {
  /// `Worker.run(3)` as `…run(3)`.
  fileprivate var withoutClass: Substring {
    let function = utf8.prefix { $0 != UInt8(ascii: "(") }
    guard let dot = function.lastIndex(of: dot) else { return self }
    return "…" + self[utf8.index(after: dot)...]
  }
}
