/// The moment at which a lane entered a state.
package struct LaneChange: Equatable, Sendable {
  /// Index of the event, kept small: there are millions of changes.
  let index: UInt32
  package let state: LaneState

  /// Index of the event that brought the change: the reason is found there.
  package var event: Int { Int(index) }

  init(_ state: LaneState, at index: UInt32) {
    self.index = index
    self.state = state
  }
}

/// All changes of one lane in the order in which they came. Never empty, and never copied.
package struct LaneChanges: RandomAccessCollection, Sendable {
  let stored: [LaneChange]
  /// What a drop, or the end of the run, has done to the lane since its own last fact.
  let swept: Swept

  package var startIndex: Int { 0 }
  package var endIndex: Int { stored.count + swept.count }

  package subscript(position: Int) -> LaneChange {
    position < stored.count ? stored[position] : swept[position - stored.count]
  }

  /// The number of changes among the first `cursor` events. O(log count).
  package func count(at cursor: Int) -> Int { prefixCount { $0.event < cursor } }
}

/// None, one or two changes.
struct Swept: Sendable {
  var first: LaneChange?
  var second: LaneChange?

  var count: Int { (first == nil ? 0 : 1) + (second == nil ? 0 : 1) }
  var last: LaneChange? { second ?? first }

  subscript(position: Int) -> LaneChange {
    guard let change = position == 0 ? first ?? second : second else {
      preconditionFailure("No change at \(position)")
    }
    return change
  }
}
