import ArgumentParser
import Insight
import Loop
import Trace

/// `loopscope findings`: what went wrong in a run.
struct FindingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings", abstract: "Print what went wrong in a recorded run, one a line.",
    discussion: """
      Coroutines never awaited, exceptions never retrieved, steps that blocked the loop, who waits \
      for ever, and what the run ended with. Ends with status 1 if there is any.
      """)

  @OptionGroup var moment: MomentOptions

  @Flag(
    help: """
      Print them as a JSON array of objects: text; whether it is a fault or a warning; and where they \
      are known the lane, the step, the event and its time in nanoseconds.
      """)
  var json = false

  func run() throws {
    let (run, cursor) = try moment.read()
    let timeline = run.timeline
    let standstills = Insight.standstills(
      at: cursor, in: timeline, sources: run.header.sources + timeline.sourceTexts)
    let findings = Insight.findings(at: cursor, in: timeline, standstills: standstills)
    for remark in timeline.remarks(at: cursor) {
      writeToStandardStreams(plain(remark) + "\n", .stderr)
    }
    if json {
      let rows = findings.map { "  " + row(for: $0, in: timeline) }.joined(separator: ",\n")
      try printLines(["[\(rows.isEmpty ? "" : "\n\(rows)\n")]"])
    } else {
      try printLines(findings.map(timeline.line(for:)))
    }
    if !findings.isEmpty { throw ExitCode.failure }
  }

  /// `{"text": "…", "fault": true, "lane": "child(49)", "step": 7, "event": 31, "time": 310000000}`.
  private func row(for finding: Finding, in timeline: Timeline) -> String {
    var members = ["\"text\": \(quotedJSON(plain(finding.text)))", "\"fault\": \(finding.isFault)"]
    if finding.lane != .none {
      members.append("\"lane\": \(quotedJSON(plain(timeline.label(of: finding.lane))))")
    }
    if let event = finding.event {
      members.append("\"step\": \(timeline.steps(at: event + 1))")
      members.append("\"event\": \(event + 1)")
      members.append("\"time\": \(timeline.events[event].time)")
    }
    return "{\(members.joined(separator: ", "))}"
  }
}
