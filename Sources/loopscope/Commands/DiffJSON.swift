import Insight
import Trace

/// What `docs/comparison.md` describes.
extension Comparison {
  /// - Parameters:
  ///   - a: what says which run the one is.
  ///   - b: the same of the other.
  func json(a namesOfA: [(String, JSON)], b namesOfB: [(String, JSON)]) -> JSON {
    var members: [(String, JSON)] = [
      ("alike", isUnsure ? .null : .bool(isAlike)),
      ("a", a.json(named: namesOfA)), ("b", b.json(named: namesOfB)),
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
      ("step", .count(parting.step)),
      ("before", .array(parting.before.map { a.timeline.json(ofEvent: $0) })),
      ("a", .array(parting.a.map { a.timeline.json(ofEvent: $0) })),
      ("b", .array(parting.b.map { b.timeline.json(ofEvent: $0) })),
    ])
  }

  private func json(_ other: OtherStep) -> JSON {
    .object([
      ("step", .count(other.step)),
      ("a", a.timeline.json(ofStep: other.step, laterInOther: other.later.b)),
      ("b", b.timeline.json(ofStep: other.step, laterInOther: other.later.a)),
    ])
  }

  private var lanesJSON: JSON {
    .object([
      ("both", .count(work.pairCount)),
      ("endedOtherwiseCount", .count(endedOtherwise.count)),
      ("endedOtherwise", .array(endedOtherwise.prefix(Self.shownLanes).map(json))),
      ("otherwiseCount", .count(laneDifferenceCount)),
      ("otherwise", .array(laneDifferences.map(json))),
      ("reorderedCount", .count(work.reordered.count)),
      ("waitedOtherwiseCount", .count(work.waitedOtherwise.count)),
      ("renamedCount", .count(work.renamed.count)),
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
      ("onlyInACount", .count(work.onlyInA.count)),
      ("onlyInA", .array(work.onlyInA.prefix(Self.shownLanes).map(a.timeline.json(ofLane:)))),
      ("onlyInBCount", .count(work.onlyInB.count)),
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
      ("onlyInACount", .count(output.countOnlyInA)),
      ("onlyInA", .array(output.onlyInA.map(json))),
      ("onlyInBCount", .count(output.countOnlyInB)),
      ("onlyInB", .array(output.onlyInB.map(json))),
      ("notCounted", .count(output.restlessCount)),
    ])
  }

  private func json(_ line: OutputDifference.Line?) -> JSON {
    guard let line else { return .null }
    return .object([
      ("line", .count(line.number)), ("stream", .text("\(line.stream)")),
      ("text", .text(line.text)), ("event", .count(line.event + 1)),
    ])
  }

  private var findingsJSON: JSON {
    .object([
      ("onlyInACount", .count(findings.onlyInA.count)),
      ("onlyInA", json(findings.onlyInA)),
      ("onlyInBCount", .count(findings.onlyInB.count)),
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
  fileprivate func json(named name: [(String, JSON)]) -> JSON {
    let end = timeline.events.count
    return .object(
      name + [
        ("program", .array(header.program.map(JSON.text))),
        ("runtime", .text(header.runtime)), ("steps", .count(timeline.stepCount)),
        ("lanes", .count(timeline.laneCount)), ("events", .count(end)),
        ("time", .number(timeline.time(at: end))),
        ("lost", .number(Int64(clamping: timeline.moment(at: end).dropped))),
      ])
  }
}

extension Timeline {
  fileprivate func json(ofEvent event: Int) -> JSON {
    .object([
      ("event", .count(event + 1)), ("step", .count(steps(at: event + 1))),
      ("time", .number(events[event].time)), ("text", .text(sentence(forEvent: event))),
    ])
  }

  fileprivate func json(ofStep step: Int, laterInOther later: Int?) -> JSON {
    guard let handle = handle(ofStep: step).flatMap(handle), let began = handle.began else {
      return .null
    }
    return .object([
      ("event", .count(began + 1)), ("time", .number(events[began].time)),
      ("text", .text(phrase(handle))),
      ("why", .array(why(step: step, in: self).map { .text($0.text) })),
      ("inOther", later.map(JSON.count) ?? .null),
    ])
  }

  fileprivate func json(ofLane lane: LaneID) -> JSON {
    .object([
      ("lane", .text(label(of: lane))), ("state", .text(stateWords(of: lane, at: events.count))),
    ])
  }
}
