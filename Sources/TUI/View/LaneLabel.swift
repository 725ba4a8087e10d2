import Trace

extension Timeline {
  /// A lane's label in at most so many columns; nothing for no lane. Where there is no room for all,
  /// what tells it from its sisters stays: its last argument, and the number that tells it from its
  /// namesakes.
  func label(of lane: LaneID, to limit: Int) -> String {
    guard lane != .none else { return "" }
    let label = label(of: lane)
    if fits(label[...], in: limit) { return label }
    let length = self.lane(lane).map { text($0.name).utf8.count } ?? 0
    let end = label.utf8.index(label.startIndex, offsetBy: min(length, label.utf8.count))
    let number = clipped(label[end...], to: limit)
    return label[..<end].shortened(to: limit - columns(of: number)) + number
  }

  /// The end of the name that a lane's task was given, which is what tells it from its sisters, with
  /// a space before it: in the room that the label leaves, else in half of all. Empty where there is none.
  func name(of lane: LaneID, at cursor: Int, besideLabelIn limit: Int) -> String {
    guard let name = givenName(of: lane, at: cursor) else { return "" }
    let label = label(of: lane)
    let half = limit / 2
    let room = fits(label[...], in: half) ? limit - columns(of: label) - 1 : half
    guard room > 3 else { return "" }
    if fits(name[...], in: room) { return " " + name }
    var end = name.suffix(room - 1)
    while !fits(end, in: room - 1) { end = end.dropFirst() }
    return " …" + end
  }
}

extension Substring {
  /// `Worker.run(3)` as `…run(3)`, `produce(…, 'a', 3)` as `produ…3)`, `transfer('one', …)` as `tra…one)`.
  fileprivate func shortened(to limit: Int) -> String {
    let label = withoutClass
    guard label.utf8.last == UInt8(ascii: ")"), !fits(label, in: limit) else {
      return clipped(label, to: limit)
    }
    let folded = label.folded
    let closing = folded.hasSuffix("…)") ? 2 : 1
    let argument = folded.dropLast(closing).reversed().prefix { !"( …".contains($0) }.count
    guard argument > 0 else { return clipped(folded, to: limit) }
    var rest = folded.dropLast(argument + closing)
    var kept = folded.suffix(argument + closing)
    if !fits(kept, in: limit / 2) {
      // Quotes, and that there are more arguments, say least.
      let bare = kept.dropLast(closing).filter { !"'\"".contains($0) } + ")"
      kept = fits(bare[...], in: limit / 2) ? bare[...] : bare.suffix(limit / 3)
      rest += bare.dropLast(kept.count)
    }
    let head = clipped(rest, to: limit - columns(of: kept))
    return (head.hasSuffix("……") ? String(head.dropLast()) : head) + kept
  }

  /// Arguments of which nothing is told as one `…`.
  private var folded: String {
    var folded: [Character] = []
    for character in self {
      if character == "…" {
        while let last = folded.last, ", …".contains(last) { folded.removeLast() }
      } else if folded.last == "…", ", ".contains(character) {
        continue
      }
      folded.append(character)
    }
    return String(folded)
  }

  private var withoutClass: Substring {
    let function = utf8.prefix { $0 != UInt8(ascii: "(") }
    guard let dot = function.lastIndex(of: UInt8(ascii: ".")) else { return self }
    return "…" + self[utf8.index(after: dot)...]
  }
}
