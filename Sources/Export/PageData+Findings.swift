import Insight
import Trace

extension PageData {
  /// What went wrong: what the program's runtime complained of, each from its event on; who waits for
  /// ever at the end of the run; and who waited for one another before, until that was over.
  mutating func writeFindings(to pieces: inout TextPieces) throws {
    let end = timeline.events.count
    let standstills = Insight.standstills(
      at: end, in: timeline, sources: timeline.sourceTexts(with: header))
    let ended = timeline.events.lastIndex { if case .runEnded = $0.fact { true } else { false } }
    var rows = findings(at: end, in: timeline, standstills: standstills).map { finding in
      (
        event: finding.event ?? ended ?? max(0, end - 1), until: nil as Int?,
        lane: place(of: finding.lane), isFault: finding.isFault, text: finding.text
      )
    }
    for (reason, until) in brokenCircles(besides: Set(standstills.map(\.text))) {
      rows.append((reason.event ?? until, until, 0, true, reason.text))
    }
    rows.sort { $0.event < $1.event }
    let objects = rows.map { row in
      let last = row.until.map { ", \"until\": \($0)" } ?? ""
      return """
        {"event": \(row.event)\(last), "lane": \(row.lane), "fault": \(row.isFault), \
        "text": \(json(row.text))}
        """
    }
    try pieces.line("\"findings\": [\(objects.joined(separator: ",\n"))],")
    let remarks = timeline.remarks(at: end, limit: 8).map(json)
    try pieces.line("\"remarks\": [\(remarks.joined(separator: ",\n"))],")
  }

  /// Who waited for one another for a while, and the cursor from which on they no longer did: a hang
  /// that a timeout has ended is not there at the end of the run. Such a circle lasts, and meanwhile
  /// the loop mostly idles: it is looked for before the longest pauses, 200 of them, and not after
  /// each event.
  private func brokenCircles(
    besides lasting: Set<String>
  ) -> [(reason: Explanation.Reason, until: Int)] {
    var seen = lasting
    var found: [(Explanation.Reason, Int)] = []
    for cursor in pauses(atMost: 200) {
      for reason in circles(at: cursor) where seen.insert(reason.text).inserted {
        var low = cursor
        var high = timeline.events.count
        while low < high {
          let middle = low + (high - low) / 2
          if circles(at: middle).contains(where: { $0.text == reason.text }) {
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

  /// Without the program's text only what is certain counts.
  private func circles(at cursor: Int) -> [Explanation.Reason] {
    Insight.standstills(at: cursor, in: timeline, sources: [])
  }

  /// The cursors at which a millisecond or more went by without an event, in their order.
  private func pauses(atMost limit: Int) -> [Int] {
    let events = timeline.events
    let pauses = events.indices.dropFirst().filter { index in
      events[index].time - events[index - 1].time >= 1_000_000
    }
    guard pauses.count > limit else { return pauses }
    let longest = pauses.sorted { first, second in
      events[first].time - events[first - 1].time > events[second].time - events[second - 1].time
    }
    return longest.prefix(limit).sorted()
  }
}
