package import Trace

/// One of two runs that are compared.
package struct ComparedRun: Sendable {
  package var header: RunHeader
  package var timeline: Timeline

  package init(header: RunHeader, timeline: Timeline) {
    self.header = header
    self.timeline = timeline
  }

  var sources: [RunHeader.SourceText] { header.sources + timeline.sourceTexts }
}

/// Where two runs part, and what follows from it.
package struct Comparison: Sendable {
  /// What one run has and the other has in its place: each is nil where it has nothing.
  package struct Pair<Value: Equatable & Sendable>: Equatable, Sendable {
    package var a: Value?
    package var b: Value?

    init(_ a: Value?, _ b: Value?) {
      self.a = a
      self.b = b
    }
  }

  package enum Side: Equatable, Sendable {
    case a
    case b
  }

  /// Where the decisions part.
  package struct Parting: Equatable, Sendable {
    /// The step in which that is, counted from 1; 0 before the first.
    package var step: Int
    /// Whether it is another step, else something else is done in it.
    package var isOtherStep = false
    /// The run that ends here, while all that it tells is the same.
    package var shorter: Side?
    /// The lane that does something else; nil where none does.
    package var lane: Pair<LaneID>?
    /// Indexes, in A, of the last decisions of that lane before, which are the same.
    package var before: [Int] = []
    /// Indexes of the first decisions of that lane from there on, within the step.
    package var a: [Int] = []
    package var b: [Int] = []
  }

  /// Where another handle runs.
  package struct OtherStep: Equatable, Sendable {
    /// The step, counted from 1.
    package var step: Int
    /// When a run does what the other did in this step; nil where it does not.
    package var later: Pair<Int>
  }

  package let a: ComparedRun
  package let b: ComparedRun
  /// Nil where the decisions are the same as far as both runs tell.
  package internal(set) var parting: Parting?
  /// Nil where the same steps run from there on.
  package internal(set) var otherStep: OtherStep?
  package internal(set) var work: LaneWork
  /// The lanes of those that came to another end.
  package internal(set) var endedOtherwise: [LaneWork.Pair] = []
  /// How many others did otherwise, and what the first few of them did.
  package internal(set) var laneDifferenceCount = 0
  package internal(set) var laneDifferences: [LaneDifference] = []
  package internal(set) var output: OutputDifference
  package internal(set) var findings: FindingsDifference
  /// Whether one was recorded with tasks alone, so that only tasks can be compared.
  package internal(set) var isOfTasksAlone = false
  /// How many steps were found to be the same before the runs part, or before events were lost; where
  /// none are told, how many decisions.
  package internal(set) var sameCount = 0
  /// Whether events were lost before it could be told where the runs part.
  package internal(set) var isUnsure = false

  /// Whether nothing differs.
  package var isAlike: Bool {
    !isUnsure && parting == nil && work.isSame && output.isSame && findings.isSame
  }
}

/// Compares two runs. O(events).
package func compare(_ a: ComparedRun, _ b: ComparedRun) -> Comparison {
  let families = (Family(of: a.timeline), Family(of: b.timeline))
  let pairs = LanePairs(families.0, families.1)
  let isOfTasksAlone = a.timeline.tellsNoSteps || b.timeline.tellsNoSteps
  let isMixed = isOfTasksAlone && a.timeline.tellsNoSteps != b.timeline.tellsNoSteps
  let hasOneRuntime = a.header.runtime == b.header.runtime
  let scope = Reading.Scope(
    hasSteps: !isOfTasksAlone,
    hasLines: hasOneRuntime && !a.sources.isEmpty && a.sources == b.sources,
    hasValues: hasOneRuntime && !isOfTasksAlone, hasOutput: !isMixed)
  var readings = (
    Reading(a.timeline, scope: scope, names: pairs.names),
    Reading(b.timeline, scope: scope, names: pairs.namesOfB)
  )
  let decisions = (
    Decisions(&readings.0, lanes: pairs.keys), Decisions(&readings.1, lanes: pairs.keysOfB)
  )
  var comparison = Comparison(
    a: a, b: b,
    work: LaneWork(a.timeline, b.timeline, pairs, decisions, ofTasksAlone: isOfTasksAlone),
    output: isMixed ? OutputDifference() : OutputDifference(a.timeline, b.timeline),
    findings: isMixed ? FindingsDifference() : FindingsDifference(a, b))
  comparison.isOfTasksAlone = isOfTasksAlone
  let others = comparison.work.otherwise.filter { !comparison.endsOtherwise($0) }
  comparison.endedOtherwise = comparison.work.otherwise.filter(comparison.endsOtherwise)
  comparison.laneDifferenceCount = others.count
  comparison.laneDifferences = LaneDifference.all(
    in: others.prefix(Comparison.shownLanes), &readings.0, &readings.1)
  comparison.findParting(decisions)
  return comparison
}

extension Comparison {
  fileprivate func endsOtherwise(_ pair: LaneWork.Pair) -> Bool {
    a.timeline.state(of: pair.a, at: a.timeline.events.count)
      != b.timeline.state(of: pair.b, at: b.timeline.events.count)
  }

  fileprivate mutating func findParting(_ decisions: (Decisions, Decisions)) {
    let (ours, theirs) = decisions
    let told = min(
      ours.count(before: a.timeline.drops.first), theirs.count(before: b.timeline.drops.first))
    let place = (0..<told).first { ours.units[$0] != theirs.units[$0] } ?? told
    sameCount = max(0, place - 1)
    if place == told, !a.timeline.drops.isEmpty || !b.timeline.drops.isEmpty {
      isUnsure = true
      return
    }
    guard place < max(ours.units.count, theirs.units.count) else { return }
    if isOfTasksAlone {
      parting = Parting(step: 0, isOtherStep: true)
      parting?.before = (max(0, place - Self.shown)..<place).flatMap {
        ours.decisions(in: $0).map { Int(ours.events[$0]) }
      }
      parting?.a = ours.units(from: place)
      parting?.b = theirs.units(from: place)
      parting?.shorter =
        place >= ours.units.count ? .a : place >= theirs.units.count ? .b : nil
      return
    }
    let isOtherStep =
      place >= ours.units.count || place >= theirs.units.count
      || ours.steps[place] != theirs.steps[place]
    parting = Parting(step: place, isOtherStep: isOtherStep)
    if place >= ours.units.count { parting?.shorter = .a }
    if place >= theirs.units.count { parting?.shorter = .b }
    if !isOtherStep { findDeed(in: place, ours, theirs) }
    findOtherStep(from: isOtherStep ? place : place + 1, ours, theirs)
  }

  /// What is done otherwise in a step that both runs have: by the lane that is first to.
  private mutating func findDeed(in unit: Int, _ ours: Decisions, _ theirs: Decisions) {
    let ranges = (ours.decisions(in: unit), theirs.decisions(in: unit))
    let rows = (ours.rows(in: ranges.0), theirs.rows(in: ranges.1))
    var first: (distance: Int, lane: UInt64, place: Int)?
    var isPrefix = (a: unit == ours.units.count - 1, b: unit == theirs.units.count - 1)
    for lane in Set(rows.0.keys).union(rows.1.keys) {
      let (row, other) = (rows.0[lane] ?? [], rows.1[lane] ?? [])
      let limit = min(row.count, other.count)
      let place = (0..<limit).first { ours.keys[row[$0]] != theirs.keys[other[$0]] } ?? limit
      guard place < max(row.count, other.count) else { continue }
      isPrefix.a = isPrefix.a && place == row.count
      isPrefix.b = isPrefix.b && place == other.count
      let distance = min(
        place < row.count ? row[place] - ranges.0.lowerBound : .max,
        place < other.count ? other[place] - ranges.1.lowerBound : .max)
      if (distance, lane) < (first?.distance ?? .max, first?.lane ?? .max) {
        first = (distance, lane, place)
      }
    }
    if isPrefix.a != isPrefix.b { parting?.shorter = isPrefix.a ? .a : .b }
    guard let first else { return }
    let (row, other) = (rows.0[first.lane] ?? [], rows.1[first.lane] ?? [])
    parting?.before = row[..<first.place].suffix(Self.shown).map { Int(ours.events[$0]) }
    parting?.a = row.dropFirst(first.place).prefix(Self.shown).map { Int(ours.events[$0]) }
    parting?.b = other.dropFirst(first.place).prefix(Self.shown).map { Int(theirs.events[$0]) }
    let doers = Pair(
      row.first.flatMap { a.timeline.doer(ofEvent: Int(ours.events[$0])) },
      other.first.flatMap { b.timeline.doer(ofEvent: Int(theirs.events[$0])) })
    parting?.lane = first.lane == 0 ? nil : doers
  }

  private mutating func findOtherStep(
    from first: Int, _ ours: Decisions, _ theirs: Decisions
  ) {
    let count = max(ours.steps.count, theirs.steps.count)
    guard
      let place = (min(first, count)..<count).first(where: { ours.step($0) != theirs.step($0) })
    else { return }
    otherStep = OtherStep(
      step: place,
      later: Pair(
        ours.firstStep(from: place, like: theirs.step(place)),
        theirs.firstStep(from: place, like: ours.step(place))))
  }

  /// So many decisions are told before those that differ, and from there on.
  private static let shown = 3
  /// Of so many lanes it is told what they did otherwise.
  package static let shownLanes = 8
}

extension Decisions {
  /// What a step is, nil after the last.
  fileprivate func step(_ unit: Int) -> UInt64? { unit < steps.count ? steps[unit] : nil }

  /// The first step from one on that is like another run's.
  fileprivate func firstStep(from unit: Int, like step: UInt64?) -> Int? {
    guard let step, unit < steps.count else { return nil }
    return steps[unit...].firstIndex(of: step)
  }

  /// The events of the first few units from one on, where each is a decision.
  fileprivate func units(from unit: Int) -> [Int] {
    (min(unit, units.count)..<min(unit + 3, units.count)).flatMap { unit in
      decisions(in: unit).map { Int(events[$0]) }
    }
  }

  /// The places of what each lane decided, in its own order.
  fileprivate func rows(in range: Range<Int>) -> [UInt64: [Int]] {
    Dictionary(grouping: range) { doers[$0] }
  }
}
