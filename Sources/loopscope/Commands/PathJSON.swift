import Insight
import Trace

/// What `docs/critical-path.md` describes.
extension CriticalPath {
  func json(at cursor: Int, in timeline: Timeline) -> JSON {
    .object([
      ("lane", .text(timeline.label(of: lane))),
      ("over", .bool(timeline.state(of: lane, at: cursor).isEnded)),
      ("from", .number(times.lowerBound)), ("to", .number(times.upperBound)),
      ("lost", .bool(cut == .loss)),
      ("spendings", .array(timeline.spendings(on: self).map { $0.json(in: timeline) })),
      ("parts", .array(parts.filter { $0.nanoseconds > 0 }.map { $0.json(in: timeline) })),
      ("inTurn", .array(timeline.awaitsInTurn(on: self, at: cursor).map { $0.json(in: timeline) })),
    ])
  }
}

extension Spending {
  fileprivate func json(in timeline: Timeline) -> JSON {
    .object([
      (
        "lanes",
        .array(
          lanes.sorted().filter { $0 != .none }.map { .text(timeline.label(of: $0)) })
      ),
      ("state", .text("\(part.state)")), ("text", .text(timeline.words(for: self))),
      ("nanoseconds", .number(nanoseconds)), ("count", .count(count)),
    ])
  }
}

extension CriticalPath.Part {
  fileprivate func json(in timeline: Timeline) -> JSON {
    .object([
      ("lane", lane == .none ? .null : .text(timeline.label(of: lane))),
      ("state", .text("\(state)")), ("text", .text(timeline.words(for: self))),
      ("from", .number(times.lowerBound)), ("to", .number(times.upperBound)),
      ("event", .count(events.lowerBound + 1)),
      ("step", .count(timeline.steps(at: events.lowerBound + 1))),
    ])
  }
}

extension AwaitsInTurn {
  fileprivate func json(in timeline: Timeline) -> JSON {
    .object([
      ("lane", .text(timeline.label(of: lane))),
      ("members", .array(members.map { .text(timeline.label(of: $0)) })),
      ("line", line == 0 ? .null : .count(Int(line))),
      ("nanoseconds", .number(elapsed)), ("sideBySide", .number(sideBySide)),
      ("madeBefore", .bool(wereMadeBefore)),
    ])
  }
}
