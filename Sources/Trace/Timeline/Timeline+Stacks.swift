/// Where some code was when somebody looked: what runs, and who called it.
package struct StackFrame: Hashable, Sendable {
  /// As other texts of the run name it.
  package var file: String
  /// Counted from 1.
  package var line: UInt32
  /// With its class, but not with the function in which it is defined.
  package var function: String
}

extension Timeline {
  /// The frames of a stack, the innermost first, so many at most as Python calls functions in each other. Lines
  /// of the text that make no sense are left out.
  package func stack(_ text: TextID) -> [StackFrame] {
    let lines = self.text(text).split(separator: "\n", maxSplits: Self.deepestStack)
    return lines.prefix(Self.deepestStack).compactMap { line in
      guard let space = line.lastIndex(of: " "), let colon = line[..<space].lastIndex(of: ":"),
        let number = UInt32(line[line.index(after: colon)..<space]),
        line.index(after: space) < line.endIndex
      else { return nil }
      return StackFrame(
        file: String(line[..<colon]), line: number,
        function: String(line[line.index(after: space)...]))
    }
  }

  private static let deepestStack = 1000

  /// The places among ``stackSamples`` of those that lie within some events. O(log samples).
  package func stackSamples(in range: Range<Int>) -> Range<Int> {
    stackSamples.count(at: range.lowerBound)..<stackSamples.count(at: range.upperBound)
  }

  /// Where a lane that has failed raised its exception, or where one whose code is on the loop was seen last since
  /// it went on, the innermost frame first; nil where that is unknown, where nobody has looked, or only at others the
  /// last hundred times. O(log events).
  package func stack(of lane: LaneID, at cursor: Int) -> [StackFrame]? {
    if let failure = failure(of: lane, at: cursor) {
      return failure.traceback == .empty ? nil : stack(failure.traceback)
    }
    guard let change = change(of: lane, at: cursor), change.state == .running else { return nil }
    for sample in stackSamples(in: change.event..<cursor).suffix(100).reversed() {
      if case .stackSampled(_, let text, lane) = events[stackSamples[sample]].fact {
        return stack(text)
      }
    }
    return nil
  }

  /// The cursor after the last event that tells more than where a step stands. O(log samples).
  package func cursorBeforeStacks(at cursor: Int) -> Int {
    let count = stackSamples.count(at: cursor)
    // Each of those that end the events lies as far from their end as from that of the list.
    let others = (0..<count).prefixCount { stackSamples[$0] - $0 < cursor - count }
    return cursor - (count - others)
  }
}
