import ArgumentParser
import Insight
import TUI
import Trace

/// `loopscope path`: what a lane's time went to.
struct PathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract:
      "Say what a run's time went to: its critical path, and which awaits might run together.",
    discussion: """
      The critical path is the chain of causes from the lane's end back to its beginning. Had one of its \
      parts been shorter, the lane would have come to its end sooner; whatever else went on meanwhile \
      made no difference.
      """)

  @OptionGroup var moment: MomentOptions

  @Argument(
    help:
      "The lane, by its name, its task's, or a part. (default: the one that the run is the story of)"
  )
  var lane: String?

  @Flag(help: "Print it as a JSON object, which docs/critical-path.md describes.")
  var json = false

  func run() throws {
    let (run, cursor, time) = try moment.read()
    let timeline = run.timeline
    run.tellRemarks(at: cursor)
    if let reason = timeline.reasonForNoPath { throw Failure(reason) }
    guard let lane = try chosenLane(in: timeline, at: cursor),
      let path = timeline.criticalPath(of: lane, at: cursor, now: time)
    else { throw Failure("There is no such lane yet at that moment.") }
    if json {
      try printLines([path.json(at: cursor, in: timeline).line()])
    } else {
      let report = PathReport(path, at: cursor, in: timeline)
      try printLines(lines(of: report))
    }
  }

  private func chosenLane(in timeline: Timeline, at cursor: Int) throws -> LaneID? {
    guard let name = lane else { return timeline.mainLane(at: cursor) }
    let found = try timeline.lanes(named: name).sorted().filter {
      timeline.lane($0).map { $0.created < cursor } ?? false
    }
    let chosen = found.first
    if let chosen, found.count > 1, timeline.label(of: chosen) != name {
      let label = plain(timeline.label(of: chosen))
      tell("\(found.count) lanes have '\(name)' in their names; this is \(label).")
    }
    return chosen
  }

  private func lines(of report: PathReport) -> [String] {
    var lines = [report.headline + "."]
    guard report.path.nanoseconds > 0 else { return lines + ["No time passed."] }
    lines += ["", "What that went to:"] + report.spendings.map { row(of: $0, report, nil) }
    if !report.parts.isEmpty {
      lines += ["", "In order:"] + report.parts.map { row(of: $0, report, $0.start) }
    }
    for advice in report.advice { lines += [""] + wrapped(advice[...], to: 100) }
    return lines
  }

  /// `  67%  2.000 s  meow(3) SLEEPING, at line 5`.
  private func row(of row: PathReport.Row, _ report: PathReport, _ start: Int64?) -> String {
    let share = report.share(of: row)
    let when = start.map { padded(timeText($0), to: max(11, report.momentWidth)) + " " } ?? ""
    let time = padded(seconds(row.nanoseconds), to: max(9, report.durationWidth))
    return "  \(when)\(padded(share, to: 4))  \(time)  \(row.text)"
  }

  private func padded(_ text: String, to count: Int) -> String {
    String(repeating: " ", count: max(0, count - text.count)) + text
  }
}
