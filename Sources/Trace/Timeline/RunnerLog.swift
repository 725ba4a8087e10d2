/// Which coroutine's code was on the loop after each event.
///
/// Coroutines that run inside one another without a trip through the queue (an eager task, a
/// coroutine driven by hand) lie on a stack; the one on top is on the loop. Where a step runs a loop
/// of its own, the coroutines of the steps within it lie above those that it left running.
struct RunnerLog: Sendable {
  private struct Entry {
    var event: UInt32
    var lane: UInt32
  }

  private struct Runner {
    var lane: UInt32
    var step: UInt32
  }

  private var entries: [Entry] = []
  private var stack: [Runner] = []

  mutating func push(_ lane: Int, in step: UInt32) {
    stack.append(Runner(lane: UInt32(truncatingIfNeeded: lane), step: step))
  }

  /// The lane on top, if it runs in this step.
  func top(in step: UInt32) -> Int? {
    guard let top = stack.last, top.step == step else { return nil }
    return Int(top.lane)
  }

  mutating func pop() {
    stack.removeLast()
  }

  /// A handle began, or ended, within no other: nothing runs, whatever has not been said.
  mutating func clear(at event: UInt32) {
    stack.removeAll(keepingCapacity: true)
    note(nil, at: event)
  }

  /// A step is over that ran within another one.
  mutating func leave(_ step: UInt32) {
    while stack.last?.step == step { stack.removeLast() }
  }

  /// Keeps the lane that is on the loop after an event.
  mutating func note(_ lane: Int?, at event: UInt32) {
    let lane = lane.map { UInt32(truncatingIfNeeded: $0) } ?? .absent
    if lane != entries.last?.lane ?? .absent { entries.append(Entry(event: event, lane: lane)) }
  }

  /// The events in which another lane, or none, came on the loop within some events: the last, so many at
  /// most, in their order. O(limit + log count).
  func changes(in events: Range<Int>, last limit: Int) -> [(event: Int, lane: UInt32)] {
    let first = entries.prefixCount { Int($0.event) < events.lowerBound }
    let end = entries.prefixCount { Int($0.event) < events.upperBound }
    return entries[first..<max(first, end)].suffix(limit).map { (Int($0.event), $0.lane) }
  }

  /// Index of the lane, or `.absent`. O(log count).
  func lane(at cursor: Int) -> UInt32 {
    let count = entries.prefixCount { Int($0.event) < cursor }
    return count > 0 ? entries[count - 1].lane : .absent
  }
}
