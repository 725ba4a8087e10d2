import Trace

/// What of a run is the same each time: its lanes by name, how they ended, what they waited for, and what went wrong.
struct RunSummary {
  private let timeline: Timeline

  /// How many events contradict what came before them.
  var contradictionCount: Int { timeline.contradictionCount }

  init(recording path: String) throws {
    timeline = try WholeRecording(path: path).timeline
  }

  /// - Parameter isKept: which lanes to tell of, by their name without arguments.
  func text(where isKept: (String) -> Bool) -> String {
    var groups: [String: [LaneID]] = [:]
    for id in timeline.laneIDs() {
      let name = String(timeline.label(of: id).prefix { $0 != "(" })
      if isKept(name) { groups[name, default: []].append(id) }
    }
    var lines = groups.keys.sorted().map { name in
      let lanes = groups[name, default: []]
      let ends = counted(lanes.map { "\(timeline.state(of: $0, at: timeline.events.count))" })
      let waits = Set(lanes.flatMap(waits)).sorted()
      return "\(lanes.count) × \(name)(): \(ends)"
        + (waits.isEmpty ? "" : "; waited for \(waits.joined(separator: ", "))")
    }
    lines += findings
    lines.append(
      "ended with: \(timeline.moment(at: timeline.events.count).ending.map(timeline.text) ?? "nothing")"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  /// How often each stands in a list: `49 done, 1 failed`.
  private func counted(_ words: [String]) -> String {
    Dictionary(grouping: words) { $0 }.map { (word: $0.key, count: $0.value.count) }
      .sorted { ($0.count, $1.word) > ($1.count, $0.word) }
      .map { "\($0.count) \($0.word)" }.joined(separator: ", ")
  }

  /// For what a lane waited itself, not through another one that it awaits.
  private func waits(of lane: LaneID) -> [String] {
    timeline.events.compactMap { event in
      guard case .coroutineSuspended(lane, let wait, _) = event.fact else { return nil }
      return "\(wait.kind)"
    }
  }

  /// What went wrong, in the order in which it was told.
  private var findings: [String] {
    timeline.events.compactMap { event in
      switch event.fact {
      case .coroutineNeverAwaited(let lane): "never awaited: \(timeline.label(of: lane))"
      case .coroutineRaised(let lane, let exception, _):
        "raised: \(timeline.label(of: lane)): \(timeline.text(exception))"
      case .warned(let text, _): "warned: \(timeline.text(text))"
      case .exceptionReported(let text, _): "reported: \(timeline.text(text))"
      default: nil
      }
    }
  }
}
