import Trace

extension Comparison {
  /// Finds where the decisions part, and where the steps do.
  mutating func findParting(_ decisions: (Decisions, Decisions)) {
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
