import Trace

/// The table of what lanes share, and the list of what there was more and more of.
struct SharedTable {
  let stats: Stats
  let timeline: Timeline

  func lines(limit: Int) -> [String] {
    let told = stats.shared.filter { $0.waits > 0 || $0.course.grows }
    guard !told.isEmpty else { return [] }
    var table = Table()
    table.add(["waits", "waited", "longest", "most", "of", "mean in each quarter", "shared"])
    for resource in told.prefix(limit) { table.add(row(of: resource)) }
    let rest = told.count - limit
    return [""] + table.lines + (rest > 0 ? ["and \(counted(rest, "other"))"] : [])
  }

  private func row(of totals: ResourceTotals) -> [String] {
    let means = totals.course.means.map(mean).joined(separator: "  ")
    return [
      Table.cell(count: totals.waits), Table.cell(nanoseconds: totals.waited),
      Table.cell(nanoseconds: totals.longest), Table.cell(count: Int(totals.most)),
      Table.cell(count: Int(totals.resource.limit)), means,
      plain(timeline.label(of: totals.resource.id)),
    ]
  }

  // MARK: More and more

  /// A sentence for each function and queue of which there was more from quarter to quarter.
  var growth: [String] {
    let functions = stats.functions(by: .atOnce).filter(\.course.grows).prefix(Self.mostGrowing)
    let queues = stats.shared.filter { $0.resource.kind == .queue && $0.course.grows }
      .prefix(Self.mostGrowing)
    return functions.map(sentence) + queues.map(sentence)
  }

  private static let mostGrowing = 3

  private func sentence(for function: FunctionTotals) -> String {
    let counts =
      "\(function.calls) made, \(function.most) at once, \(function.left) left at the end"
    var text = "More and more of \(function.name): \(quarters(function.course)); \(counts)."
    if let change = timeline.change(of: function.oldest, at: function.mostAt + 1) {
      let words = timeline.stateWords(of: function.oldest, at: function.mostAt + 1)
      text +=
        " The oldest, \(timeline.label(of: function.oldest)), is \(words)"
        + " since \(timeText(timeline.events[change.event].time))."
    }
    return plain(text)
  }

  private func sentence(for totals: ResourceTotals) -> String {
    let end = totals.last.map { ", \($0) at the end" } ?? ""
    return plain(
      "More and more in \(timeline.label(of: totals.resource.id)): \(quarters(totals.course));"
        + " \(totals.most) at most\(end).")
  }

  /// `37.5, 112, 188 and 262 on average in the four quarters of the time`.
  private func quarters(_ course: Course) -> String {
    let means = course.means.map(mean)
    return means.dropLast().joined(separator: ", ") + " and \(means.last ?? "")"
      + " on average in the four quarters of the time"
  }

  /// Thousandths in three digits.
  private func mean(_ thousandths: Int64) -> String {
    let whole = thousandths / 1000
    switch whole {
    case 100...: return "\(whole)"
    case 10...: return "\(whole).\(thousandths % 1000 / 100)"
    default: return "\(whole).\(padded(UInt64(thousandths % 1000 / 10), to: 2))"
    }
  }
}
