import Testing
import Trace
import TraceSamples

@testable import Insight

extension Timeline {
  /// Expects the sums that were added up the plain way.
  func expectStats(_ plain: PlainStats, in range: Range<Int>) {
    let stats = stats(in: range)
    #expect(stats.busy == plain.busy)
    #expect(stats.functions.reduce(0) { $0 + $1.time } == stats.busy)
    #expect(stats.mostLanes == plain.atOnce)
    #expect(stats.longestQueue.count == plain.longestQueue)
    #expect(stats.queueing?.longest == plain.queueing.max())
    #expect(stats.lateness?.longest == plain.lateness.max())
    expect(stats.queueing, of: plain.queueing)
    expect(stats.lateness, of: plain.lateness)
    var seen: Set<String> = []
    for function in stats.functions {
      let key = key(of: function)
      #expect(seen.insert(key).inserted)
      let expected = plain.functions[key] ?? PlainStats.Function()
      #expect(function.calls == expected.calls, "\(key)")
      #expect(function.time == expected.time, "\(key)")
      guard function.kind == .coroutine else { continue }
      #expect(function.earlier == expected.before && function.left == expected.left, "\(key)")
      #expect(function.most == expected.atOnce, "\(key)")
      #expect(
        [
          function.returned, function.failed, function.cancelled, function.neverAwaited,
          function.lost,
        ]
          == [
            expected.returned, expected.failed, expected.cancelled, expected.neverAwaited,
            expected.lost,
          ], "\(key)")
      for state in LaneState.allCases where state != .sleeping && state != .waiting {
        let time: Int64? =
          switch state {
          case .pending: function.pending
          case .ready: function.waits[.ready]
          case .running: function.running
          case .awaiting: function.awaiting
          case .unknown: function.unknown
          default: nil
          }
        if let time { #expect(time == expected.states["\(state)"] ?? 0, "\(key) \(state)") }
      }
      for sort in WaitColumn.allCases {
        #expect(function.waits[sort] == expected.states["\(sort)"] ?? 0, "\(key) \(sort)")
      }
      #expect(function.between == expected.states["between"] ?? 0)
      if range == 0..<events.count { #expect(function.steps == expected.steps.count, "\(key)") }
    }
    let told = Set(plain.functions.filter { $0.value.calls + $0.value.before > 0 }.keys)
    #expect(told.isSubset(of: seen))
  }

  private func expect(_ spread: Spread?, of times: [Int64]) {
    #expect(spread?.count ?? 0 == times.count)
    guard let spread else { return }
    let count = times.count
    #expect(times.count { $0 <= spread.median } * 2 >= count)
    #expect(times.count { $0 < spread.median } * 2 < count)
    #expect(times.count { $0 <= spread.ninetyNinth } * 100 >= count * 99)
    #expect(times.count { $0 < spread.ninetyNinth } * 100 < count * 99)
  }

  private func key(of function: FunctionTotals) -> String {
    switch function.kind {
    case .loop: "loop"
    case .callback: "callback \(function.name)"
    case .coroutine: "\(function.name.split(separator: "(").first ?? ""):\(function.site.line)"
    }
  }
}
