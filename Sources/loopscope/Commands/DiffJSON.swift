import Insight
import Trace

/// What `docs/comparison.md` describes.
extension Comparison {
  func json(names: (a: String, b: String)) -> JSON {
    var members: [(String, JSON)] = [
      ("alike", isUnsure ? .null : .bool(isAlike)),
      ("a", a.json(named: names.a)), ("b", b.json(named: names.b)),
    ]
    members.append(("part", parting.map(json) ?? .null))
    members.append(("step", otherStep.map(json) ?? .null))
    members.append(("work", .text(workWord)))
    members.append(("lanes", lanesJSON))
    members.append(("output", outputJSON))
    members.append(("findings", findingsJSON))
    return .object(members)
  }

  private var workWord: String {
    guard work.isSame else { return "other" }
    return work.isSameInEach ? "same" : work.reordered.isEmpty ? "waits" : "order"
  }

  private func json(_ parting: Parting) -> JSON {
    .object([
      ("step", .number(Int64(parting.step))),
      ("before", .array(parting.before.map { a.timeline.json(ofEvent: $0) })),
      ("a", .array(parting.a.map { a.timeline.json(ofEvent: $0) })),
      ("b", .array(parting.b.map { b.timeline.json(ofEvent: $0) })),
    ])
  }

  private func json(_ other: OtherStep) -> JSON {
    .object([
      ("step", .number(Int64(other.step))),
      ("a", a.timeline.json(ofStep: other.step, laterInOther: other.later.b)),
      ("b", b.timeline.json(ofStep: other.step, laterInOther: other.later.a)),
    ])
  }

  private var lanesJSON: JSON {
    .object([
      ("both", .number(Int64(work.pairCount))),
      ("endedOtherwiseCount", .number(Int64(endedOtherwise.count))),
      ("endedOtherwise", .array(endedOtherwise.prefix(Self.shownLanes).map(json))),
      ("otherwiseCount", .number(Int64(laneDifferenceCount))),
      ("otherwise", .array(laneDifferences.map(json))),
      ("reorderedCount", .number(Int64(work.reordered.count))),
      ("waitedOtherwiseCount", .number(Int64(work.waitedOtherwise.count))),
      ("renamedCount", .number(Int64(work.renamed.count))),
      (
        "renamed",
        .array(
          work.renamed.prefix(Self.shownLanes).map { pair in
            .object([
              ("a", .text(a.timeline.label(of: pair.a))),
              ("b", .text(b.timeline.label(of: pair.b))),
            ])
          })
      ),
      ("onlyInACount", .number(Int64(work.onlyInA.count))),
      ("onlyInA", .array(work.onlyInA.prefix(Self.shownLanes).map(a.timeline.json(ofLane:)))),
      ("onlyInBCount", .number(Int64(work.onlyInB.count))),
      ("onlyInB", .array(work.onlyInB.prefix(Self.shownLanes).map(b.timeline.json(ofLane:)))),
    ])
  }

  private func json(_ pair: LaneWork.Pair) -> JSON {
    .object([
      ("lane", .text(a.timeline.label(of: pair.a))),
      ("a", .text(a.timeline.stateWords(of: pair.a, at: a.timeline.events.count))),
      ("b", .text(b.timeline.stateWords(of: pair.b, at: b.timeline.events.count))),
    ])
  }

  private func json(_ difference: LaneDifference) -> JSON {
    .object([
      ("lane", .text(a.timeline.label(of: difference.pair.a))),
      ("a", difference.events.a.map(a.timeline.json(ofEvent:)) ?? .null),
      ("b", difference.events.b.map(b.timeline.json(ofEvent:)) ?? .null),
    ])
  }

  private var outputJSON: JSON {
    .object([
      ("same", .bool(output.isSame)), ("sameInSum", .bool(output.isSameInSum)),
      ("first", output.first.map { .object([("a", json($0.a)), ("b", json($0.b))]) } ?? .null),
      ("onlyInACount", .number(Int64(output.countOnlyInA))),
      ("onlyInA", .array(output.onlyInA.map(json))),
      ("onlyInBCount", .number(Int64(output.countOnlyInB))),
      ("onlyInB", .array(output.onlyInB.map(json))),
      ("notCounted", .number(Int64(output.restlessCount))),
    ])
  }

  private func json(_ line: OutputDifference.Line?) -> JSON {
    guard let line else { return .null }
    return .object([
      ("line", .number(Int64(line.number))), ("stream", .text("\(line.stream)")),
      ("text", .text(line.text)), ("event", .number(Int64(line.event + 1))),
    ])
  }

  private var findingsJSON: JSON {
    .object([
      ("onlyInACount", .number(Int64(findings.onlyInA.count))),
      ("onlyInA", json(findings.onlyInA)),
      ("onlyInBCount", .number(Int64(findings.onlyInB.count))),
      ("onlyInB", json(findings.onlyInB)),
      ("blockedOnlyInA", json(findings.longOnlyInA)),
      ("blockedOnlyInB", json(findings.longOnlyInB)),
    ])
  }

  private func json(_ findings: [Finding]) -> JSON {
    .array(findings.prefix(20).map { .text($0.text) })
  }
}

extension ComparedRun {
  fileprivate func json(named name: String) -> JSON {
    let end = timeline.events.count
    return .object([
      ("file", .text(name)), ("program", .array(header.program.map(JSON.text))),
      ("runtime", .text(header.runtime)), ("steps", .number(Int64(timeline.stepCount))),
      ("lanes", .number(Int64(timeline.laneCount))), ("events", .number(Int64(end))),
      ("time", .number(timeline.time(at: end))),
      ("lost", .number(Int64(clamping: timeline.moment(at: end).dropped))),
    ])
  }
}

extension Timeline {
  fileprivate func json(ofEvent event: Int) -> JSON {
    .object([
      ("event", .number(Int64(event + 1))), ("step", .number(Int64(steps(at: event + 1)))),
      ("time", .number(events[event].time)), ("text", .text(sentence(forEvent: event))),
    ])
  }

  fileprivate func json(ofStep step: Int, laterInOther later: Int?) -> JSON {
    guard let handle = handle(ofStep: step).flatMap(handle), let began = handle.began else {
      return .null
    }
    return .object([
      ("event", .number(Int64(began + 1))), ("time", .number(events[began].time)),
      ("text", .text(phrase(handle))),
      ("why", .array(why(step: step, in: self).map { .text($0.text) })),
      ("inOther", later.map { .number(Int64($0)) } ?? .null),
    ])
  }

  fileprivate func json(ofLane lane: LaneID) -> JSON {
    .object([
      ("lane", .text(label(of: lane))), ("state", .text(stateWords(of: lane, at: events.count))),
    ])
  }
}
