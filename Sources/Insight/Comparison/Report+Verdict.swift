import Trace

extension Report {
  /// Where the runs part, and whether what follows is other work or the same in another order.
  var verdict: String {
    var sentences = [parting]
    let isCounted = !comparison.work.isSame || !comparison.work.reordered.isEmpty
    if !comparison.isUnsure, comparison.parting?.shorter == nil,
      comparison.parting != nil || isCounted
    {
      sentences.append(work)
    }
    if comparison.isOfTasksAlone {
      sentences.append(
        "Of one or both only tasks were recorded, so only what tasks did is compared.")
    }
    return sentences.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var parting: String {
    let (a, b) = (comparison.a.timeline, comparison.b.timeline)
    guard let parting = comparison.parting else {
      if comparison.isUnsure { return unsure }
      if a.events.isEmpty, b.events.isEmpty {
        return "The runs are alike: nothing happened in them."
      }
      guard comparison.isAlike else {
        return "The runs take the same decisions, \(length), but they are not alike."
      }
      return "The runs are alike: \(length), and each lane does the same."
    }
    let (first, second) = (a.stepCount, b.stepCount)
    if let shorter = parting.shorter {
      let (short, long, timeline) = shorter == .a ? ("A", "B", a) : ("B", "A", b)
      if comparison.isOfTasksAlone {
        let time = timeText(timeline.time(at: timeline.events.count))
        return
          "\(short) ends at \(time): \(timeline.ending). All before that is the same; \(long) goes on."
      }
      let step = timeline.stepCount
      let end =
        step == 0
        ? "\(short) has no step"
        : "\(short) ends \(parting.isOtherStep ? "after" : "in") step \(step)"
      return "\(end): \(timeline.ending). All before that is the same; \(long) goes on to step "
        + "\(max(first, second))."
    }
    if comparison.isOfTasksAlone { return "The runs part." }
    let of = first == second ? "\(first)" : "\(first) and \(second)"
    return parting.step == 0
      ? "The runs part before step 1." : "The runs part in step \(parting.step) of \(of)."
  }

  private var length: String {
    let a = comparison.a.timeline
    let lines = counted(comparison.output.countOfA, "line")
    return a.tellsNoSteps
      ? "\(counted(a.laneCount, "lane")), \(lines) of output"
      : "\(counted(a.stepCount, "step")), \(counted(a.laneCount, "lane")), \(lines) of output"
  }

  private var unsure: String {
    let lost = [("A", comparison.a), ("B", comparison.b)].filter {
      !$0.1.timeline.drops.isEmpty
    }.map(\.0).joined(separator: " and ")
    let same =
      comparison.sameCount == 0
      ? "Nothing before that can be compared" : "All before that is the same"
    return "Where the runs part cannot be told: events were lost in \(lost). \(same)."
  }

  private var work: String {
    let work = comparison.work
    let lanes = counted(work.pairCount, "lane")
    if work.isSame {
      var same = "It is the same work"
      if comparison.parting != nil { same += " in another order" }
      return "\(same): \(sameness(of: work))."
    }
    var parts: [String] = []
    if !work.otherwise.isEmpty {
      let count = work.otherwise.count
      parts.append(
        count == work.pairCount
          ? count == 1
            ? "the lane that both have did otherwise" : "all \(lanes) that both have did otherwise"
          : "\(count) of the \(lanes) that both have did otherwise")
    }
    if !work.renamed.isEmpty {
      parts.append(
        "\(counted(work.renamed.count, "lane")) \(work.renamed.count == 1 ? "has" : "have") "
          + "other arguments")
    }
    for (lanes, mark) in [(work.onlyInA, "A"), (work.onlyInB, "B")] where !lanes.isEmpty {
      parts.append("\(counted(lanes.count, "lane")) only in \(mark)")
    }
    return "It is other work: \(parts.joined(separator: ", "))."
  }
  private func sameness(of work: LaneWork) -> String {
    let timeline = comparison.a.timeline
    let lanes = work.pairCount == 1 ? "the lane" : "each of the \(work.pairCount) lanes"
    if work.isSameInEach { return "\(lanes) did the same, in its own order" }
    var parts: [String] = []
    if !work.reordered.isEmpty {
      let name =
        work.reordered.count == 1
        ? timeline.label(of: work.reordered[0].a) : "\(work.reordered.count) of them"
      parts.append("\(name) in another order")
    }
    if !work.waitedOtherwise.isEmpty {
      let name =
        work.waitedOtherwise.count == 1
        ? timeline.label(of: work.waitedOtherwise[0].a) : "\(work.waitedOtherwise.count) of them"
      parts.append("\(name) with other waits between")
    }
    return "\(lanes) did the same, but \(parts.joined(separator: ", "))"
  }
}
