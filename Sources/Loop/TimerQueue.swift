internal import HeapModule
import Trace

/// The handles that wait for their deadline, the first one first.
///
/// What a heap moves about are plain values of 16 bytes; what the handles do stands beside it, in
/// places that are used again.
struct TimerQueue {
  struct Entry: Comparable {
    /// Nanoseconds on the loop's clock.
    let when: Int64
    let id: HandleID
    fileprivate let place: UInt32

    /// Equal deadlines fire in the order in which they were set. CPython's heap does not promise
    /// that order; this one does, so that a run can be repeated.
    static func < (a: Self, b: Self) -> Bool { a.when != b.when ? a.when < b.when : a.id < b.id }

    static func == (a: Self, b: Self) -> Bool { a.id == b.id }
  }

  private var heap = Heap<Entry>()
  private var actions: [Action?] = []
  private var free: [UInt32] = []

  var count: Int { heap.count }
  var isEmpty: Bool { heap.isEmpty }

  /// The one that fires next. O(1).
  var first: Entry? { heap.min }

  /// O(log timers).
  mutating func insert(_ action: Action, id: HandleID, at when: Int64) {
    if let place = free.popLast() {
      actions[Int(place)] = action
      heap.insert(Entry(when: when, id: id, place: place))
    } else {
      heap.insert(Entry(when: when, id: id, place: UInt32(actions.count)))
      actions.append(action)
    }
  }

  /// Takes the one that fires next. O(log timers).
  mutating func popFirst() -> ReadyHandle? {
    guard let entry = heap.popMin() else { return nil }
    return take(entry).map { ReadyHandle(id: entry.id, action: $0) }
  }

  /// Takes all out that a set names, and out of the set what was among them. O(timers).
  mutating func remove(_ unwanted: inout Set<HandleID>) {
    let all = heap.unordered
    for entry in all where unwanted.contains(entry.id) { _ = take(entry) }
    heap = Heap(all.filter { unwanted.remove($0.id) == nil })
  }

  private mutating func take(_ entry: Entry) -> Action? {
    free.append(entry.place)
    defer { actions[Int(entry.place)] = nil }
    return actions[Int(entry.place)]
  }
}
