import Trace

/// Which row of a table each coroutine and each callback belongs to.
struct FunctionRows {
  private struct Named: Hashable {
    var name: TextID
    var site: Site
  }

  private struct Function: Hashable {
    var name: String
    var file: String
    var line: UInt32
  }

  private(set) var totals: [FunctionTotals] = []
  /// The row of each lane, in the order of their creation.
  private(set) var lanes: [Int] = []
  private var named: [Named: Int] = [:]
  private var functions: [Function: Int] = [:]
  private var callbacks: [String: Int] = [:]
  private var loop: Int?
  private let times: Range<Int64>

  /// - Parameter times: the time of which something is counted.
  init(in times: Range<Int64>) { self.times = times }

  subscript(row: Int) -> FunctionTotals {
    get { totals[row] }
    _modify { yield &totals[row] }
  }

  mutating func add(_ lane: Lane, in timeline: Timeline) -> Int {
    let key = Named(name: lane.name, site: lane.site)
    let row = named[key] ?? find(lane, in: timeline)
    named[key] = row
    lanes.append(row)
    return row
  }

  /// Calls with other arguments are of one function.
  private mutating func find(_ lane: Lane, in timeline: Timeline) -> Int {
    let name = timeline.function(of: lane.id)
    let bare = name.hasSuffix("(…)") ? String(name.dropLast(3)) + "()" : name
    let function = Function(
      name: bare, file: timeline.text(lane.site.file), line: lane.site.line)
    if let row = functions[function] {
      if name != bare { totals[row].name = name }
      return row
    }
    let shown = name.isEmpty ? "(no name)" : name
    totals.append(FunctionTotals(.coroutine, shown, at: lane.site, in: times))
    functions[function] = totals.count - 1
    return totals.count - 1
  }

  /// The row for what a handle does besides running coroutines.
  mutating func row(of callback: Callback, in timeline: Timeline) -> Int {
    guard callback.kind == .function else {
      let row = loop ?? totals.count
      if loop == nil { totals.append(FunctionTotals(.loop, "", in: times)) }
      loop = row
      return row
    }
    let name = timeline.text(callback.name)
    if let row = callbacks[name] { return row }
    totals.append(FunctionTotals(.callback, name.isEmpty ? "(no name)" : name, in: times))
    callbacks[name] = totals.count - 1
    return totals.count - 1
  }
}
