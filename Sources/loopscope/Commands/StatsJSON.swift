import Insight
import Trace

/// What `docs/stats.md` describes.
extension Stats {
  func json(
    in timeline: Timeline, _ header: RunHeader, by order: StatsReport.Order, limit: Int?
  ) -> JSON {
    .object([
      ("from", .number(times.lowerBound)), ("to", .number(times.upperBound)),
      ("clock", .text(header.clock.rawValue)), ("tellsSteps", .bool(tellsSteps)),
      ("lost", .number(Int64(clamping: timeline.moment(at: events.upperBound).dropped))),
      ("busy", .number(busy)), ("steps", .count(steps)), ("ticks", .count(ticks)),
      ("cancelledHandles", .count(cancelledHandles)), ("tasks", .count(tasks)),
      ("timersSet", .count(timersSet)), ("atOnce", .count(mostLanes)),
      ("longestStep", longestStep.map { $0.json(in: timeline) } ?? .null),
      ("inQueue", queueing.map { $0.json(in: timeline) } ?? .null),
      ("timersLate", lateness.map { $0.json(in: timeline) } ?? .null),
      (
        "longestQueue",
        .object([("handles", .count(longestQueue.count))] + timeline.place(of: longestQueue.event))
      ),
      (
        "functions",
        .array(functions(by: order).prefix(limit ?? .max).map { $0.json(in: timeline) })
      ),
      (
        "seen",
        .array(timeline.sightings(in: events).prefix(limit ?? .max).map(\.json))
      ),
      ("shared", .array(shared.prefix(limit ?? .max).map { $0.json(in: timeline) })),
    ])
  }
}

extension Stats.Step {
  fileprivate func json(in timeline: Timeline) -> JSON {
    let lane = timeline.laneOfStep(from: began, to: ended ?? timeline.events.count - 1)
    return .object(
      [
        ("nanoseconds", .number(nanoseconds)), ("ended", .bool(ended != nil)),
        ("lane", lane == .none ? .null : .text(timeline.label(of: lane))),
      ] + timeline.place(of: began))
  }
}

extension Spread {
  fileprivate func json(in timeline: Timeline) -> JSON {
    .object(
      [
        ("count", .count(count)), ("median", .number(median)),
        ("ninetyNinth", .number(ninetyNinth)),
        ("longest", .number(longest)),
      ] + timeline.place(of: event))
  }
}

extension FunctionTotals {
  fileprivate func json(in timeline: Timeline) -> JSON {
    let file = timeline.text(site.file)
    let counts: [(String, Int)] = [
      ("calls", calls), ("before", earlier), ("atOnce", most), ("left", left),
      ("returned", returned), ("failed", failed), ("cancelled", cancelled),
      ("neverAwaited", neverAwaited), ("lost", lost), ("steps", steps),
    ]
    let times: [(String, Int64)] = [
      ("time", time), ("longest", longest), ("pending", pending), ("running", running),
      ("awaiting", awaiting), ("between", between), ("unknown", unknown), ("lifetime", lifetime),
      ("longestLife", longestLife),
    ]
    return .object(
      [
        ("kind", .text(kind.rawValue)), ("name", .text(name)),
        ("file", file.isEmpty ? .null : .text(file)),
        ("line", site.line == 0 ? .null : .count(Int(site.line))),
      ] + counts.map { ($0, .count($1)) } + times.map { ($0, .number($1)) } + [
        ("lives", .count(lives)),
        ("longestLane", lives == 0 ? .null : .text(timeline.label(of: longestLane))),
        ("longestStep", longestStep == 0 ? .null : .count(longestStep)),
        ("means", course.json), ("grows", .bool(course.grows)),
        ("waits", .object(WaitColumn.allCases.map { ("\($0)", .number(waits[$0])) })),
      ])
  }
}

extension Sighting {
  fileprivate var json: JSON {
    .object([
      ("count", .count(count)), ("countAtLine", .count(countAtLine)),
      ("at", frame.json), ("inside", inside?.json ?? .null),
    ])
  }
}

extension StackFrame {
  fileprivate var json: JSON {
    .object([
      ("function", .text(function)), ("file", .text(file)), ("line", .count(Int(line))),
    ])
  }
}

extension ResourceTotals {
  fileprivate func json(in timeline: Timeline) -> JSON {
    .object([
      ("name", .text(timeline.label(of: resource.id))), ("kind", .text("\(resource.kind)")),
      ("limit", resource.limit == 0 ? .null : .count(Int(resource.limit))),
      ("waits", .count(waits)), ("waited", .number(waited)), ("longest", .number(longest)),
      ("most", .count(Int(most))), ("last", last.map { .count(Int($0)) } ?? .null),
      ("means", course.json), ("grows", .bool(course.grows)),
    ])
  }
}

extension Course {
  /// In thousandths.
  fileprivate var json: JSON { .array(means.map { .number($0) }) }
}

extension Timeline {
  fileprivate func place(of event: Int) -> [(String, JSON)] {
    guard event < events.count else { return [] }
    return [
      ("step", .count(steps(at: event + 1))), ("event", .count(event + 1)),
      ("time", .number(events[event].time)),
    ]
  }
}
