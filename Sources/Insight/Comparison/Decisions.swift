import Trace

/// What a run decided, in units: a step with all that was done in it, or each thing alone where the
/// run tells no steps. And what each of its lanes did.
///
/// Within a step one lane runs the other, so that what each did, in its own order, tells all. Which came
/// first between two lanes is not compared there: before CPython 3.12 the recorder learns of some of it late.
struct Decisions {
  /// A number for each decision, without the beginnings of steps.
  private(set) var keys: [UInt64] = []
  private(set) var events: [UInt32] = []
  /// The number of the lane that took it, 0 for none.
  private(set) var doers: [UInt64] = []

  /// A number for each unit. The first is what comes before step 1.
  private(set) var units: [UInt64] = []
  /// What the step of a unit is; 0 for the first, and where no steps are told.
  private(set) var steps: [UInt64] = []
  /// The places of the first decision in each unit.
  private var starts: [Int] = []
  /// The event with which each unit begins.
  private var beginnings: [UInt32] = []

  /// What each lane did, by its place in the order of creation.
  private(set) var work: [LaneDigest]

  /// - Parameter lanes: the numbers of the lanes, by their places.
  init(_ reading: inout Reading, lanes: [UInt64]) {
    let timeline = reading.timeline
    work = Array(repeating: LaneDigest(), count: timeline.laneCount)
    var unit = Unit(laneCount: lanes.count)
    let hasSteps = reading.scope.hasSteps
    begin(step: 0, at: 0)
    for (index, event) in timeline.events.enumerated() {
      let index = UInt32(truncatingIfNeeded: index)
      if hasSteps, case .handleBegan(let id) = event.fact,
        timeline.handle(id)?.began == Int(index)
      {
        units.append(unit.finish(step: steps.last ?? 0))
        begin(step: reading.step(id, lanes: lanes), at: index)
        continue
      }
      let place = timeline.doer(ofEvent: Int(index)).flatMap(timeline.place(of:))
      if let key = reading.decision(event.fact, lanes: lanes) {
        if !hasSteps, !keys.isEmpty {
          units.append(unit.finish(step: 0))
          begin(step: 0, at: index)
        }
        keys.append(key)
        events.append(index)
        doers.append(place.map { lanes[$0] } ?? 0)
        unit.add(key, by: place, lane: doers[doers.count - 1])
      }
      guard let place else { continue }
      if let deed = reading.deed(event.fact) {
        work[place].add(deed: deed)
      } else if let wait = reading.wait(event.fact) {
        work[place].add(wait: wait)
      }
    }
    units.append(unit.finish(step: steps.last ?? 0))
  }

  private mutating func begin(step: UInt64, at event: UInt32) {
    steps.append(step)
    starts.append(keys.count)
    beginnings.append(event)
  }

  /// The places of the decisions in a unit.
  func decisions(in unit: Int) -> Range<Int> {
    starts[unit]..<(unit + 1 < starts.count ? starts[unit + 1] : keys.count)
  }

  /// How many units are over before an event.
  func count(before event: Int?) -> Int {
    guard let event else { return units.count }
    return max(0, beginnings.prefix { Int($0) <= event }.count - 1)
  }
}

/// What a lane did, as numbers.
struct LaneDigest {
  /// What it did of itself, in its order.
  private(set) var deeds: UInt64 = 0
  /// The same in whatever order.
  private(set) var sum: UInt64 = 0
  /// What it did and what it waited for, in its order.
  private(set) var deedsAndWaits: UInt64 = 0

  mutating func add(deed: UInt64) {
    deeds = Hash.of(deeds, deed)
    sum &+= Hash.of(deed)
    deedsAndWaits = Hash.of(deedsAndWaits, deed)
  }

  mutating func add(wait: UInt64) {
    deedsAndWaits = Hash.of(deedsAndWaits, wait)
  }
}

/// What the lanes do in one unit, which takes O(1) for each decision however many lanes there are.
private struct Unit {
  private var rows: [UInt64]
  private var lanes: [UInt64]
  private var touched: [Int] = []

  init(laneCount: Int) {
    rows = Array(repeating: 0, count: laneCount + 1)
    lanes = rows
  }

  mutating func add(_ key: UInt64, by place: Int?, lane: UInt64) {
    let place = place.map { $0 + 1 } ?? 0
    if rows[place] == 0 {
      touched.append(place)
      lanes[place] = lane
    }
    rows[place] = Hash.of(rows[place], key) | 1
  }

  mutating func finish(step: UInt64) -> UInt64 {
    var sum: UInt64 = 0
    for place in touched {
      sum &+= Hash.of(lanes[place], rows[place])
      rows[place] = 0
    }
    touched.removeAll(keepingCapacity: true)
    return Hash.of(step, sum)
  }
}

extension Timeline {
  /// The lane that did it: of what changed a lock or a queue, the one on the loop.
  func doer(ofEvent event: Int) -> LaneID? {
    guard case .resourceChanged = events[event].fact else { return events[event].fact.doer }
    return moment(at: event).lane
  }
}

extension Fact {
  /// The lane that did it; for the making of a task and an await that is not the lane it is about.
  var doer: LaneID? {
    switch self {
    case .taskCreated(_, _, _, let creator): creator
    case .taskRenamed(_, _, let namer): namer
    case .coroutineAwaited(let outer, _, _): outer
    default: lane
    }
  }
}
