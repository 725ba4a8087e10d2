import Trace

/// The table of what the functions had of a loop.
struct FunctionTable {
  let stats: Stats
  let timeline: Timeline

  func lines(by order: StatsReport.Order, limit: Int) -> [String] {
    let all = stats.functions(by: order)
    guard !all.isEmpty else { return ["Nothing ran."] }
    var table = Table()
    table.add(Self.heads)
    for function in all.prefix(limit) { table.add(row(of: function, named: name(of: function))) }
    let rest = all.dropFirst(limit)
    if !rest.isEmpty {
      table.add(row(of: sum(of: rest), named: counted(rest.count, "other")))
    }
    if all.count > 1 {
      var sum = sum(of: all[...])
      sum.most = stats.mostLanes
      sum.steps = stats.steps
      table.add(row(of: sum, named: "all"))
    }
    return table.lines
  }

  private static let heads =
    ["calls", "before", "at once", "left", "failed", "cancelled", "unawaited", "lost"]
    + ["steps", "time", "longest", "life"] + WaitColumn.allCases.map { "\($0)" } + ["function"]

  private func row(of function: FunctionTotals, named name: String) -> [String] {
    let counts = [
      function.calls, function.earlier, function.most, function.left, function.failed,
      function.cancelled, function.neverAwaited, function.lost,
      stats.tellsSteps ? function.steps : 0,
    ]
    let waits = WaitColumn.allCases.map { stats.tellsSteps ? function.waits[$0] : 0 }
    let times = [function.time, function.longest, function.meanLife ?? 0] + waits
    return counts.map(Table.cell(count:)) + times.map(Table.cell(nanoseconds:)) + [name]
  }

  /// A program may call a function what it likes.
  private static let longestName = 80

  /// `fetch(…)  app.py:12`.
  private func name(of function: FunctionTotals) -> String {
    let name = cut(function.name, to: Self.longestName)
    switch function.kind {
    case .loop: return "the loop itself"
    case .callback: return plain("callback \(name)")
    case .coroutine:
      let place = cut(timeline.text(function.site.file), to: Self.longestName)
      let line = function.site.line > 0 ? ":\(function.site.line)" : ""
      return plain(place.isEmpty ? name : "\(name)  \(place)\(line)")
    }
  }

  private func sum(of functions: ArraySlice<FunctionTotals>) -> FunctionTotals {
    var sum = FunctionTotals(.coroutine, "", in: stats.times)
    for function in functions { sum.add(function) }
    return sum
  }
}

extension FunctionTotals {
  /// Makes one row of two. How many were there at once is not known of both together.
  fileprivate mutating func add(_ other: FunctionTotals) {
    calls += other.calls
    earlier += other.earlier
    left += other.left
    failed += other.failed
    cancelled += other.cancelled
    neverAwaited += other.neverAwaited
    lost += other.lost
    steps += other.steps
    time.grow(by: other.time)
    longest = max(longest, other.longest)
    for column in WaitColumn.allCases { waits[column].grow(by: other.waits[column]) }
    lives += other.lives
    lifetime.grow(by: other.lifetime)
  }
}
