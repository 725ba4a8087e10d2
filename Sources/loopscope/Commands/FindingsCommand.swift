import ArgumentParser
import Foundation
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
      Print them as a JSON array of objects: text; whether it is a fault or a warning; and where they       are known the lane, the step, the event and its time in nanoseconds.
      """)
  var json = false

  func run() throws {
    let (run, cursor) = try moment.read()
    let timeline = run.timeline
    let standstills = Insight.standstills(
      at: cursor, in: timeline, sources: run.header.sources + timeline.sourceTexts)
    let findings = Insight.findings(at: cursor, in: timeline, standstills: standstills)
    for remark in timeline.remarks(at: cursor) { writeToStandardStreams(remark + "\n", .stderr) }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let rows = findings.map { Row($0, in: timeline) }
      printLines([String(decoding: try encoder.encode(rows), as: UTF8.self)])
    } else {
      printLines(findings.map { line(for: $0, in: timeline) })
    }
    if !findings.isEmpty { throw ExitCode.failure }
  }

  /// `0.310s  step 7  child(49): Task exception was never retrieved: ValueError: 49`.
  private func line(for finding: Finding, in timeline: Timeline) -> String {
    let when = finding.event.map { timeline.place(ofEvent: $0) + "  " }
    let who = finding.lane == .none ? "" : "\(timeline.label(of: finding.lane)): "
    return (when ?? "") + plain(who + finding.text)
  }

  private struct Row: Encodable {
    var text: String
    var fault: Bool
    var lane: String?
    var step: Int?
    var event: Int?
    var time: Int64?

    init(_ finding: Finding, in timeline: Timeline) {
      text = plain(finding.text)
      fault = finding.isFault
      lane = finding.lane == .none ? nil : plain(timeline.label(of: finding.lane))
      step = finding.event.map { timeline.steps(at: $0 + 1) }
      event = finding.event
      time = finding.event.map { timeline.events[$0].time }
    }
  }
}
