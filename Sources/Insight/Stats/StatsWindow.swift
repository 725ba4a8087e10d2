import Trace

/// The part of a run of which something is counted.
struct StatsWindow {
  let events: Range<Int>
  let times: Range<Int64>

  init(_ range: Range<Int>, of timeline: Timeline, now: Int64?) {
    events = range.clamped(to: 0..<timeline.events.count)
    let start = timeline.time(at: max(1, events.lowerBound))
    times = start..<max(start, now ?? timeline.time(at: events.upperBound))
  }

  /// How much of a span of time lies in it.
  func part(from start: Int64, to end: Int64) -> Int64 {
    max(0, min(end, times.upperBound) - max(start, times.lowerBound))
  }
}
