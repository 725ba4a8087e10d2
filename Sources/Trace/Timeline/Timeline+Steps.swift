/// A step is one handle taken from the ready queue and run. It begins with the jump of the clock,
/// the tick and the timers right before it, with what was scheduled from outside, and keeps what follows it up to the next step. What
/// comes before the first step is the prologue.
extension Timeline {
  /// Within how many others a step may lie: a recording whose handles never end must not make every end a
  /// long search.
  package static let deepestStep = 256

  package var stepCount: Int { steps.records.count }

  /// The number of steps that have begun at a cursor. O(log steps).
  package func steps(at cursor: Int) -> Int { steps.records.prefixCount { Int($0.start) < cursor } }

  /// The cursor at which a number of steps is over and the next has not begun; for 0 the end of
  /// the prologue.
  package func cursor(afterSteps count: Int) -> Int {
    guard count < steps.records.count else { return events.count }
    return Int(steps.records[max(0, count)].start)
  }

  /// Where the prologue ends.
  package var endOfPrologue: Int {
    guard steps.records.isEmpty else { return cursor(afterSteps: 0) }
    return tellsNoSteps ? Int(firstStart) : events.count
  }

  /// Whether the run tells what tasks do, and no step: it was recorded with tasks alone. One that was met
  /// while it ran may not have made a step yet, but tells of other futures than tasks.
  package var tellsNoSteps: Bool {
    steps.records.isEmpty && futures.records.count == taskCreations.count && laneCount > 0
      && firstStart != .absent
  }

  /// Where a step forward leads.
  ///
  /// - Returns: nil at the end of what is known.
  package func nextStep(after cursor: Int) -> Int? {
    guard cursor < events.count else { return nil }
    let begun = steps.records.prefixCount { Int($0.start) <= cursor }
    return self.cursor(afterSteps: begun)
  }

  /// The end of the step that a cursor is in, or else of the next one. What a program does between two
  /// steps may have come by itself, and later: going over that alone is no step.
  package func cursor(afterStepFrom cursor: Int) -> Int {
    guard let next = nextStep(after: cursor) else { return events.count }
    let begun = steps.records.prefixCount { Int($0.start) <= cursor }
    let ended = begun > 0 ? handle(ofStep: begun).flatMap(handle)?.ended ?? .max : -1
    return ended < cursor ? nextStep(after: next) ?? events.count : next
  }

  /// Where a step back leads: to the start of the step that the cursor is in, or of the one before,
  /// and never before the end of the prologue.
  package func previousStep(before cursor: Int) -> Int {
    let begun = steps(at: cursor)
    return begun > 0 ? Int(steps.records[begun - 1].start) : cursor
  }

  /// The last boundary of a step in a part of the run, counted in events; of an event, where no steps
  /// are told.
  package func cursor(atFraction fraction: Double) -> Int {
    guard fraction < 1 else { return events.count }
    let target = fraction > 0 ? Int(fraction * Double(events.count)) : 0
    if tellsNoSteps { return max(target, endOfPrologue) }
    let begun = steps.records.prefixCount { Int($0.start) <= target }
    return cursor(afterSteps: max(0, begun - 1))
  }

  /// The handle of a step, counted from 1.
  package func handle(ofStep step: Int) -> HandleID? {
    guard step > 0, step <= steps.records.count,
      case .handleBegan(let id) = fact(steps.records[step - 1].began)
    else { return nil }
    return id
  }

  /// How things stand with the loop at a cursor. O(log events).
  package func moment(at cursor: Int) -> Moment {
    let cursor = max(0, min(cursor, events.count))
    var moment = Moment(cursor: cursor, time: time(at: cursor))
    let tick = ticks.count(at: cursor)
    if tick > 0, case .tickBegan(let number) = events[ticks[tick - 1]].fact {
      moment.tick = Int(number)
    }
    moment.step = steps(at: cursor)
    moment.handle = runningHandle(at: cursor)
    moment.lane = lanes.lane(at: runners.lane(at: cursor))
    moment.dropped = sweeps.drop(at: cursor)?.total ?? 0
    if let end = sweeps.end(at: cursor), case .runEnded(let exception) = events[end].fact {
      moment.ending = exception
    }
    return moment
  }

  /// Where another lane's code, or none's, came on the loop within some events: the last, so many at most, in
  /// their order. O(limit + log events).
  package func runners(
    in events: Range<Int>, last limit: Int = .max
  ) -> [(event: Int, lane: LaneID)] {
    runners.changes(in: events, last: limit).map { ($0.event, lanes.lane(at: $0.lane)) }
  }

  private func runningHandle(at cursor: Int) -> HandleID {
    guard let began = steps.latest(at: cursor)?.began,
      case .handleBegan(let id) = fact(began), let index = handles.index(of: id),
      Int(handles.records[index].ended) >= cursor,
      sweeps.drop(at: cursor)?.event ?? 0 <= began, sweeps.end(at: cursor) ?? 0 <= Int(began)
    else { return .none }
    return id
  }
}
