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
    let broken = brokenCircles(before: end, in: timeline, besides: standstills)
    for (reason, until) in broken {
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
}
