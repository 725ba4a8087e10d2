import ArgumentParser
import Insight
import Trace

/// `loopscope findings`: what went wrong in a run.
struct FindingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings", abstract: "Print what went wrong in a recorded run, one a line.",
    discussion: """
      Coroutines never awaited, exceptions never retrieved or that a gather keeps to itself, steps \
      that blocked the loop, tasks that swallowed a cancellation, futures that another thread \
      resolved, who waits for ever or did until a time limit ended it, and what the run ended with. \
      Ends with status 1 if there is any.
      """)

  @OptionGroup var moment: MomentOptions

  @Flag(
    help: """
      Print them as a JSON array of objects: text; whether it is a fault or a warning; of what --all \
      adds the kind; and where they are known the lane, the step, the event and its time in nanoseconds.
      """)
  var json = false

  @Flag(
    help: """
      Also what is no fault in itself: exceptions that ended a coroutine and were caught, and tasks that \
      were cut off since the run's coroutine was over.
      """)
  var all = false

  func run() throws {
    let (run, cursor, _) = try moment.read()
    let timeline = run.timeline
    let standstills = Insight.standstills(
      at: cursor, in: timeline, sources: timeline.sourceTexts(with: run.header))
    let broken = brokenCircles(before: cursor, in: timeline, besides: standstills)
    var findings = Insight.findings(
      at: cursor, in: timeline, standstills: standstills + broken.map(\.reason))
    // A Ctrl-C ends most programs that hang.
    if standstills.isEmpty, let last = findings.indices.last, findings[last].event == nil,
      let wait = timeline.waitBeforeTheEnd(at: cursor)
    {
      findings[last].text += ". \(wait)"
    }
    run.tellRemarks(at: cursor)
    let hints = all || findings.isEmpty && !json ? timeline.hints(at: cursor) : []
    let rows =
      findings.map { ($0, Hint.Kind?.none) }
      + (all ? hints.map { ($0.finding, $0.kind) } : [])
    if json {
      let lines = rows.map { "  " + json($0, $1, in: timeline).line() }
      try printLines(["[\(lines.isEmpty ? "" : "\n\(lines.joined(separator: ",\n"))\n")]"])
    } else {
      try printLines(rows.map { ($1.map { "\($0.rawValue): " } ?? "") + timeline.line(for: $0) })
      if findings.isEmpty { tellThatNothing(wentWrongBesides: all ? [] : hints) }
    }
    if !findings.isEmpty { throw ExitCode.failure }
  }

  private func tellThatNothing(wentWrongBesides hidden: [Hint]) {
    func counted(_ kind: Hint.Kind, _ noun: String, _ one: String, _ several: String) -> String? {
      let count = hidden.reduce(0) { $0 + ($1.kind == kind ? $1.count : 0) }
      return count == 0 ? nil : "\(Insight.counted(count, noun)) \(count == 1 ? one : several)"
    }
    let words = [
      counted(.caught, "exception", "was caught", "were caught"),
      counted(.cutOff, "task", "was cut off at the end", "were cut off at the end"),
    ].compactMap(\.self).joined(separator: " and ")
    tell(
      "Nothing went wrong, as far as is known. 'loopscope stats' says who waited, and for what."
        + (words.isEmpty ? "" : " \(words): --all tells which."))
  }

  /// `{"text": "…", "fault": true, "lane": "child(49)", "step": 7, "event": 31, "time": 310000000}`, and
  /// after the lane `"task": "fetch-2"` where its task was given a name. What is no finding has its `kind` after `fault`.
  private func json(_ finding: Finding, _ kind: Hint.Kind?, in timeline: Timeline) -> JSON {
    var members: [(String, JSON)] = [
      ("text", .text(finding.text)), ("fault", .bool(finding.isFault)),
    ]
    if let kind { members.append(("kind", .text(kind.rawValue))) }
    if finding.lane != .none { members.append(("lane", .text(timeline.label(of: finding.lane)))) }
    if let name = timeline.givenName(of: finding.lane, at: timeline.events.count) {
      members.append(("task", .text(name)))
    }
    if let event = finding.event {
      members.append(("step", .count(timeline.steps(at: event + 1))))
      members.append(("event", .count(event + 1)))
      members.append(("time", .number(timeline.events[event].time)))
    }
    return .object(members)
  }
}
