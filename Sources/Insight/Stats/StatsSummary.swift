import Trace

/// What is said of a run as a whole.
struct StatsSummary {
  let stats: Stats
  let timeline: Timeline
  let header: RunHeader

  /// `app.py: 1.250 s, from 0.000s to 1.250s, on CPython 3.13.0.`
  var headline: String {
    let program = header.program.isEmpty ? "The program" : header.title
    let range = "from \(timeText(stats.times.lowerBound)) to \(timeText(stats.times.upperBound))"
    let runtime = header.runtime.isEmpty ? "" : ", on \(header.runtime)"
    return plain("\(program): \(seconds(stats.nanoseconds)), \(range)\(runtime).")
  }

  var lines: [String] {
    var rows = [("lanes", lanes)]
    if stats.tellsSteps {
      rows = [("loop", loop)] + rows
      if hasTimes {
        if let step = stats.longestStep { rows.append(("longest step", words(for: step))) }
        if let queueing = stats.queueing, queueing.longest > 0 {
          rows.append(("in the queue", words(for: queueing)))
        }
      }
      if stats.longestQueue.count > 0 {
        let (count, event) = stats.longestQueue
        rows.append(
          ("longest queue", "\(counted(count, "handle")), \(timeline.moment(of: event))"))
      }
      if stats.timersSet > 0 || stats.lateness != nil { rows.append(("timers", timers)) }
    }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { label, text in
      label + String(repeating: " ", count: width - label.count) + "  " + plain(text)
    } + remarks
  }

  /// Whether steps take time at all.
  private var hasTimes: Bool { header.clock == .real || stats.busy > 0 }

  private var remarks: [String] {
    var remarks: [String] = []
    if !stats.tellsSteps {
      remarks.append("The recording tells of tasks alone: no steps, and not what they waited for.")
    } else if !hasTimes {
      remarks.append(
        "On a virtual clock steps take no time: how busy the loop was, and who waited for it, is"
          + " not known.")
    } else if header.clock == .virtual {
      remarks.append("On a virtual clock steps take no more time than they say.")
    }
    let lost = timeline.moment(at: stats.events.upperBound).dropped
    if lost > 0 { remarks.append("\(timeline.sentence(forLoss: lost)) and are not counted.") }
    return remarks.isEmpty ? [] : [""] + remarks
  }

  private var loop: String {
    let counts =
      "\(counted(stats.steps, "step")) in \(counted(stats.ticks, "tick"))"
    guard hasTimes else { return counts }
    return "\(percent(stats.busy, of: stats.nanoseconds)) busy (\(seconds(stats.busy))), \(counts)"
  }

  private var lanes: String {
    let coroutines = stats.functions.filter { $0.kind == .coroutine }
    let made = coroutines.reduce(0) { $0 + $1.calls }
    let before = coroutines.reduce(0) { $0 + $1.earlier }
    let left = coroutines.reduce(0) { $0 + $1.left }
    var text = "\(made) made"
    if before > 0 { text += ", \(before) there before" }
    text += ", \(stats.mostLanes) at once at most, \(left) left at the end"
    return text + "; \(counted(stats.tasks, "task"))"
  }

  private var timers: String {
    let late = hasTimes ? stats.lateness.map { "; late by \(words(for: $0))" } ?? "" : ""
    return "\(stats.timersSet) set, \(stats.lateness?.count ?? 0) fired\(late)"
  }

  /// `median 12.0µs, 99% 2.10ms, longest 51.0ms: the wakeup of main(), step 35 at 0.171s`.
  private func words(for spread: Spread) -> String {
    let what =
      switch timeline.events[spread.event].fact {
      case .handleBegan(let id), .timerFired(let id):
        timeline.handle(id).map { timeline.phrase($0) }
      default: String?.none
      }
    let times = [
      ("median", spread.median), ("99%", spread.ninetyNinth), ("longest", spread.longest),
    ]
    .map { "\($0) \(threeDigits($1.magnitude))" }.joined(separator: ", ")
    return "\(times): \(what ?? "a handle"), \(timeline.moment(of: spread.event))"
  }

  /// `51.2ms, step 34 at 0.120s: fetch(0) in app.py from line 3 to its end`.
  private func words(for step: Stats.Step) -> String {
    let end = step.ended ?? stats.events.upperBound - 1
    let handle = timeline.handle(ofStep: step.number).flatMap(timeline.handle)
    let what =
      timeline.code(between: step.began, and: end) ?? handle.map { timeline.phrase($0) }
      ?? "a handle"
    let seen = timeline.sightingClause(in: step.began..<end, of: handle?.id).map { ", \($0)" } ?? ""
    return "\(threeDigits(step.nanoseconds.magnitude)), \(timeline.moment(of: step.began)): \(what)"
      + seen + (step.ended == nil ? ", which had not ended" : "")
  }
}

extension Timeline {
  /// `step 35 at 0.171s`.
  fileprivate func moment(of event: Int) -> String {
    let step = steps(at: event + 1)
    return (step > 0 ? "step \(step) at " : "at ") + timeText(events[event].time)
  }

  /// Whose code ran for most of a step, and from where to where:
  /// `fetch(0) in app.py from line 3 to its end`.
  fileprivate func code(between began: Int, and ended: Int) -> String? {
    let id = laneOfStep(from: began, to: ended)
    guard let lane = lane(id) else { return nil }
    let hadStarted = changes(of: id)?.contains { $0.event < began && $0.state == .running } ?? false
    let first = hadStarted ? line(of: id, at: began) : 0
    let isOver = state(of: id, at: ended + 1).isOver
    let last = isOver ? 0 : line(of: id, at: ended + 1)
    let from = first > 0 ? "line \(first)" : "its beginning"
    let to = last > 0 ? "line \(last)" : "its end"
    let file = text(lane.site.file)
    return "\(label(of: id))\(file.isEmpty ? "" : " in \(file)") from \(from) to \(to)"
  }
}
