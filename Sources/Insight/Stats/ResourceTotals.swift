package import Trace

/// What a lock, a semaphore or a queue came to.
package struct ResourceTotals: Sendable {
  package let resource: Resource
  /// How often and how long lanes waited for it, in nanoseconds.
  package internal(set) var waits = 0
  package internal(set) var waited: Int64 = 0
  package internal(set) var longest: Int64 = 0
  /// The most of it that was in use, and what was in the end; nil where that is not known.
  package internal(set) var most: UInt32 = 0
  package internal(set) var last: UInt32?
  package internal(set) var course: Course

  init(_ resource: Resource, _ window: StatsWindow) {
    self.resource = resource
    course = Course(window.times, ofCounts: false)
  }

  mutating func wait(_ time: Int64) {
    waits += 1
    waited.grow(by: time)
    longest = max(longest, time)
  }
}

extension Timeline {
  /// Adds how much of a resource was in use. O(changes).
  func addLevels(to totals: inout ResourceTotals, in window: StatsWindow) {
    let id = totals.resource.id
    let changes = changes(of: id)
    guard !window.events.isEmpty else { return }
    var start = max(totals.resource.created, window.events.lowerBound)
    let first = changes.count(at: start + 1)
    let inside = changes[first..<max(first, changes.count(at: window.events.upperBound))]
    let ends = [Array(inside), [window.events.upperBound]].joined()
    for end in ends {
      if let level = state(of: id, at: start + 1)?.level {
        totals.most = max(totals.most, level)
        let until = end < window.events.upperBound ? events[end].time : window.times.upperBound
        totals.course.add(level, from: max(events[start].time, window.times.lowerBound), to: until)
      }
      start = end
    }
    totals.last = state(of: id, at: window.events.upperBound)?.level
  }
}
