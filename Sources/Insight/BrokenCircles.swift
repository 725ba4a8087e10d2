package import Trace

/// Who waited for one another for a while, and the cursor from which on they no longer did: a hang
/// that a time limit has ended is not there at the end of the run. Such a circle lasts, and meanwhile
/// the loop mostly idles: it is looked for before the longest pauses, 200 of them, and not after
/// each event. Without the program's text only what is certain counts.
///
/// - Parameter lasting: those that are there at the end.
package func brokenCircles(
  before end: Int, in timeline: Timeline, besides lasting: [Explanation.Reason]
) -> [(reason: Explanation.Reason, until: Int)] {
  func circles(at cursor: Int) -> [Explanation.Reason] {
    standstills(at: cursor, in: timeline, sources: [])
  }
  // What can wake them, if anything, may be said in other words as long as the run goes on.
  struct Key: Hashable {
    let circle: Set<LaneID>
    let text: String

    init(_ reason: Explanation.Reason) {
      circle = reason.circle
      text = circle.isEmpty ? reason.text : ""
    }
  }
  var seen = Set(lasting.map(Key.init))
  var found: [(Explanation.Reason, Int)] = []
  for cursor in timeline.pauses(before: end, atMost: 200) {
    for reason in circles(at: cursor) where seen.insert(Key(reason)).inserted {
      var low = cursor
      var high = end
      while low < high {
        let middle = low + (high - low) / 2
        if circles(at: middle).contains(where: { Key($0) == Key(reason) }) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      found.append((reason, low))
    }
  }
  return found
}

extension Timeline {
  /// The cursors at which a millisecond or more went by without an event, in their order.
  fileprivate func pauses(before end: Int, atMost limit: Int) -> [Int] {
    let pauses = events.indices.prefix(end).dropFirst().filter { index in
      events[index].time - events[index - 1].time >= 1_000_000
    }
    guard pauses.count > limit else { return pauses }
    let longest = pauses.sorted { first, second in
      events[first].time - events[first - 1].time > events[second].time - events[second - 1].time
    }
    return longest.prefix(limit).sorted()
  }
}
