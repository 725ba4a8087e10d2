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

  func run() throws {
    let (run, cursor) = try moment.read()
    let timeline = run.timeline
    let standstills = Insight.standstills(
      at: cursor, in: timeline, sources: run.header.sources + timeline.sourceTexts)
    let findings = Insight.findings(at: cursor, in: timeline, standstills: standstills)
    for remark in timeline.remarks(at: cursor) { writeToStandardStreams(remark + "\n", .stderr) }
    printLines(findings.map { line(for: $0, in: timeline) })
    if !findings.isEmpty { throw ExitCode.failure }
  }

  /// `0.310s  step 7  child(49): Task exception was never retrieved: ValueError: 49`.
  private func line(for finding: Finding, in timeline: Timeline) -> String {
    let when = finding.event.map { timeline.place(ofEvent: $0) + "  " }
    let who = finding.lane == .none ? "" : "\(timeline.label(of: finding.lane)): "
    return (when ?? "") + plain(who + finding.text)
  }
}
