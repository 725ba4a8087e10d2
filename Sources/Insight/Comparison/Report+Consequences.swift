import Trace

/// What follows from where two runs part.
extension Report {
  private static let shown = 8
  private static let namesShown = 5
  private static let linesShown = 5
  private static let endsLookedAt = 1000

  mutating func addLanes() {
    let work = comparison.work
    let (a, b) = (comparison.a.timeline, comparison.b.timeline)
    addEnds()
    // What was told above is not told again.
    let others = comparison.laneDifferences.filter { difference in
      comparison.parting.map {
        $0.a.first != difference.events.a || $0.b.first != difference.events.b
      } ?? true
    }
    if !others.isEmpty, !comparison.isUnsure {
      add(section: "Lanes that did otherwise:")
      for difference in others { add(difference) }
      addRest(comparison.laneDifferenceCount - comparison.laneDifferences.count)
    }
    if !work.renamed.isEmpty {
      add(section: "Lanes with other arguments:")
      for pair in work.renamed.prefix(Self.shown) {
        add("", 2, "\(a.label(of: pair.a)) in A, \(b.label(of: pair.b)) in B")
      }
      addRest(work.renamed.count - Self.shown)
    }
    addOnly("A", work.onlyInA, a)
    addOnly("B", work.onlyInB, b)
  }

  /// The lanes that came to another end, those together that came to the same.
  private mutating func addEnds() {
    var rows: [(ends: [String], names: [String], count: Int)] = []
    let looked = comparison.endedOtherwise.prefix(Self.endsLookedAt)
    var rest = comparison.endedOtherwise.count - looked.count
    for pair in looked {
      guard !comparison.isUnknown(pair) else { continue }
      let ends = [
        comparison.a.timeline.end(of: pair.a), comparison.b.timeline.end(of: pair.b),
      ]
      let name = comparison.a.timeline.label(of: pair.a)
      if let row = rows.firstIndex(where: { $0.ends == ends }) {
        rows[row].count += 1
        if rows[row].names.count < Self.namesShown { rows[row].names.append(name) }
      } else if rows.count < Self.shown {
        rows.append((ends, [name], 1))
      } else {
        rest += 1
      }
    }
    guard !rows.isEmpty else { return }
    add(section: "Lanes that ended otherwise:")
    for row in rows {
      let more = row.count > row.names.count ? " and \(row.count - row.names.count) more" : ""
      add("", 2, row.names.joined(separator: ", ") + more)
      add("A", 4, row.ends[0])
      add("B", 4, row.ends[1])
    }
    addRest(rest)
  }

  private mutating func addOnly(_ mark: String, _ lanes: [LaneID], _ timeline: Timeline) {
    guard !lanes.isEmpty else { return }
    add(section: "Lanes only in \(mark):")
    for lane in lanes.prefix(Self.shown) {
      let state = timeline.stateWords(of: lane, at: timeline.events.count)
      add("", 2, "\(timeline.label(of: lane)): \(state)")
    }
    addRest(lanes.count - Self.shown)
  }

  private mutating func add(_ difference: LaneDifference) {
    let (a, b) = (comparison.a.timeline, comparison.b.timeline)
    add("", 2, a.label(of: difference.pair.a))
    add("A", 4, a.deed(difference.events.a, of: difference.pair.a))
    add("B", 4, b.deed(difference.events.b, of: difference.pair.b))
  }

  private mutating func addRest(_ count: Int) {
    if count > 0 { add("", 2, "and \(count) more") }
  }

  // MARK: Output

  mutating func addOutput() {
    let output = comparison.output
    if let first = output.first {
      let isInSum = output.isSameInSum
      let number = first.a?.number ?? first.b?.number ?? 0
      let lines = counted(output.countOfA, "line")
      add(
        section: isInSum
          ? "Output: the same \(lines) in another order, from line \(number) on:"
          : "Output differs from line \(number) on:")
      add("A", 2, first.a.map(\.text) ?? "(no such line)")
      add("B", 2, first.b.map(\.text) ?? "(no such line)")
      addOnly("A", output.onlyInA, of: output.countOnlyInA, after: first.a)
      addOnly("B", output.onlyInB, of: output.countOnlyInB, after: first.b)
    }
  }

  /// What differs and is no difference.
  mutating func addUncounted() {
    let findings = comparison.findings
    addFindings("Not counted: blocked only in A:", findings.longOnlyInA, comparison.a.timeline)
    addFindings("Not counted: blocked only in B:", findings.longOnlyInB, comparison.b.timeline)
    let output = comparison.output
    guard let restless = output.restless.first, let a = restless.a, let b = restless.b else {
      return
    }
    let count = counted(output.restlessCount, "line")
    add(
      section:
        "Not counted: \(count) of output with times, addresses or other such numbers that differ:")
    add("A", 2, a.text)
    add("B", 2, b.text)
  }

  private mutating func addOnly(
    _ mark: String, _ lines: [OutputDifference.Line], of count: Int,
    after first: OutputDifference.Line?
  ) {
    guard count > 0, !(count == 1 && lines.first == first) else { return }
    add("", 0, "\(counted(count, "line")) only in \(mark):")
    for line in lines.prefix(Self.linesShown) {
      add("", 2, "\(line.number)\(line.stream == .stderr ? " (stderr)" : "")  \(line.text)")
    }
    addRest(count - Self.linesShown)
  }

  // MARK: Findings

  mutating func addFindings() {
    let findings = comparison.findings
    addFindings("Went wrong only in A:", findings.onlyInA, comparison.a.timeline)
    addFindings("Went wrong only in B:", findings.onlyInB, comparison.b.timeline)
  }

  private mutating func addFindings(
    _ title: String, _ findings: [Finding], _ timeline: Timeline
  ) {
    guard !findings.isEmpty else { return }
    add(section: title)
    for finding in findings.prefix(Self.shown) { add("", 2, timeline.line(for: finding)) }
    addRest(findings.count - Self.shown)
  }
}

extension Comparison {
  /// Whether events were lost since something was last heard of a lane.
  fileprivate func isUnknown(_ pair: LaneWork.Pair) -> Bool {
    a.timeline.isUnknown(pair.a) || b.timeline.isUnknown(pair.b)
  }
}

extension Timeline {
  fileprivate func isUnknown(_ lane: LaneID) -> Bool {
    let changes = changes(of: lane)?.suffix(2) ?? []
    return changes.last.map { $0.state == .unknown || $0.state == .unfinished } ?? false
      && changes.contains { $0.state == .unknown }
  }

  /// The state that a lane is left in.
  fileprivate func end(of lane: LaneID) -> String { stateWords(of: lane, at: events.count) }

  /// What a lane did at an event: nil where it did nothing more, and stays as it is.
  fileprivate func deed(_ event: Int?, of lane: LaneID) -> String {
    guard let event else { return "nothing more: \(stateWords(of: lane, at: events.count))" }
    return "\(place(ofEvent: event))  \(sentence(forEvent: event))"
  }
}
