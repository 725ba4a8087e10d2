/// Which coroutine's code was on the loop after each event.
///
/// Coroutines that run inside one another without a trip through the queue (an eager task, a
/// coroutine driven by hand) lie on a stack; the one on top is on the loop.
struct RunnerLog: Sendable {
  private struct Entry {
    var event: UInt32
    var lane: UInt32
  }

  private var entries: [Entry] = []
  private var stack: [UInt32] = []

  mutating func push(_ lane: Int) {
    stack.append(UInt32(truncatingIfNeeded: lane))
  }

  var top: Int? { stack.last.map(Int.init) }

  mutating func pop() {
    stack.removeLast()
  }

  /// A handle began or ended: nothing runs, whatever has not been said.
  mutating func clear(at event: UInt32) {
    stack.removeAll(keepingCapacity: true)
    note(at: event)
  }

  /// Keeps the lane on top as the one that is on the loop after an event.
  mutating func note(at event: UInt32) {
    let lane = stack.last ?? .absent
    if lane != entries.last?.lane ?? .absent { entries.append(Entry(event: event, lane: lane)) }
  }

  /// Index of the lane, or `.absent`. O(log count).
  func lane(at cursor: Int) -> UInt32 {
    let count = entries.prefixCount { Int($0.event) < cursor }
    return count > 0 ? entries[count - 1].lane : .absent
  }
}
