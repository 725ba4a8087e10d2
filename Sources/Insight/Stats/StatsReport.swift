package import Trace

/// What is said of what a loop did.
package struct StatsReport: Sendable {
  package enum Order: String, CaseIterable, Sendable {
    case time, longest, steps, waits, ready, calls
    case atOnce = "at-once"
  }

  package let lines: [String]
  /// Of what there was more and more, a sentence each.
  package let growth: [String]

  /// - Parameter limit: how many functions are told, besides a row for all others.
  package init(
    _ stats: Stats, in timeline: Timeline, of header: RunHeader, by order: Order, limit: Int
  ) {
    let summary = StatsSummary(stats: stats, timeline: timeline, header: header)
    let shared = SharedTable(stats: stats, timeline: timeline)
    lines =
      [summary.headline, ""] + summary.lines + [""]
      + FunctionTable(stats: stats, timeline: timeline).lines(by: order, limit: limit)
      + StackTable(stats: stats, timeline: timeline).lines(limit: limit)
      + shared.lines(limit: limit)
    growth = shared.growth
  }
}

extension Stats {
  /// The functions with the most first.
  package func functions(by order: StatsReport.Order) -> [FunctionTotals] {
    functions.enumerated().sorted { a, b in
      for order in [order, .time, .steps, .calls] {
        let (first, second) = (a.element.amount(order), b.element.amount(order))
        if first != second { return first > second }
      }
      return a.offset < b.offset
    }.map(\.element)
  }
}

extension FunctionTotals {
  fileprivate func amount(_ order: StatsReport.Order) -> Int64 {
    switch order {
    case .time: time
    case .longest: longest
    case .steps: Int64(steps)
    case .waits: waits.total
    case .ready: waits[.ready]
    case .calls: Int64(calls)
    case .atOnce: Int64(most)
    }
  }
}
