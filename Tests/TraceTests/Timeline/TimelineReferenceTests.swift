import Testing
import Trace
import TraceSamples

/// The timeline against a plain replay, at every cursor.
struct TimelineReferenceTests {
  @Test(arguments: 0..<20)
  func `every cursor of a random run agrees with a plain replay`(seed: UInt64) {
    let run = RandomRun(seed: seed, events: 400)
    let batch = run.script.batch
    var timeline = Timeline()
    timeline.append(batch)
    expectAgreement(of: timeline, with: batch)
    #expect(timeline.contradictionCount == 0)
  }

  @Test(arguments: 0..<20)
  func `a random run with losses agrees with a plain replay`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let batch = RandomRun(seed: seed, events: 300).script.batch.losing(4, using: &random)
    var timeline = Timeline()
    timeline.append(batch)
    expectAgreement(of: timeline, with: batch)
  }

  @Test(arguments: 0..<40)
  func `any facts in any order agree with a plain replay`(seed: UInt64) {
    let batch = Garbage.batch(seed: seed, events: 300)
    var timeline = Timeline()
    timeline.append(batch)
    expectAgreement(of: timeline, with: batch)
  }

  @Test
  func `a run that comes in pieces is the run that comes at once`() {
    let batch = RandomRun(seed: 7, events: 600).script.batch
    var pieces = Timeline()
    var random = SeededGenerator(seed: 7)
    var start = 0
    while start < batch.events.count {
      let end = min(batch.events.count, start + 1 + random.below(9))
      pieces.append(
        Batch(
          texts: start == 0 ? batch.texts : [], events: Array(batch.events[start..<end])))
      start = end
      _ = pieces.readyQueue(at: random.below(start + 1))
    }
    expectAgreement(of: pieces, with: batch)
  }

  @Test
  func `many timers agree with a plain replay across their checkpoints`() {
    var script = Script()
    var random = SeededGenerator(seed: 3)
    var set: [HandleID] = []
    for _ in 0..<2500 {
      switch random.below(5) {
      case 0, 1, 2:
        set.append(
          script.timer(at: Int64(random.below(1000)), Callback(function: .empty)))
      case 3: if let timer = set.randomElement(using: &random) { script.add(.timerFired(timer)) }
      default:
        if let timer = set.randomElement(using: &random) { script.add(.handleCancelled(timer)) }
      }
      if random.below(900) == 0 { script.add(.dropped(count: 1)) }
    }
    let timeline = script.timeline
    var reference = ReferenceRun()
    for (index, event) in script.batch.events.enumerated() {
      reference.apply(event)
      if index % 7 == 0 || index > 2480 {
        let expected = reference.timersByDeadline
        let timers = timeline.timers(at: index + 1)
        #expect(timers.handles == expected)
        let few = timeline.timers(at: index + 1, limit: 5)
        #expect(few.handles == Array(expected.prefix(5)))
        #expect(few.count == expected.count)
      }
    }
  }

  private func expectAgreement(
    of timeline: Timeline, with batch: Batch, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var reference = ReferenceRun()
    expectAgreement(of: timeline, with: reference, sourceLocation)
    for event in batch.events {
      reference.apply(event)
      expectAgreement(of: timeline, with: reference, sourceLocation)
    }
    #expect(timeline.contradictionCount == reference.contradictions, sourceLocation: sourceLocation)

    #expect(timeline.stepCount == reference.steps.count, sourceLocation: sourceLocation)
    let boundaries = reference.steps + [reference.count]
    for (step, start) in boundaries.enumerated() {
      expect(timeline.cursor(afterSteps: step) == start, "step \(step)", start, sourceLocation)
    }
    for cursor in 0...reference.count {
      let begun = reference.steps.count { $0 < cursor }
      expect(timeline.steps(at: cursor) == begun, "steps", cursor, sourceLocation)
      let next = boundaries.first { $0 > cursor }
      expect(timeline.nextStep(after: cursor) == next, "next step", cursor, sourceLocation)
      let previous = reference.steps.last { $0 < cursor } ?? cursor
      expect(
        timeline.previousStep(before: cursor) == previous, "previous step", cursor, sourceLocation)
    }
  }

  private func expectAgreement(
    of timeline: Timeline, with reference: ReferenceRun, _ location: SourceLocation
  ) {
    let cursor = reference.count
    let moment = timeline.moment(at: cursor)
    expect(moment.time == reference.time, "time", cursor, location)
    expect(moment.tick == reference.tick, "tick", cursor, location)
    expect(moment.handle == reference.running ?? .none, "handle", cursor, location)
    expect(moment.lane == reference.onLoop ?? .none, "lane", cursor, location)
    expect(moment.dropped == reference.dropped, "dropped", cursor, location)
    expect(moment.ending == reference.ending, "ending", cursor, location)
    expect(timeline.outputs.count(at: cursor) == reference.outputs, "outputs", cursor, location)

    let queue = timeline.readyQueue(at: cursor)
    expect(queue.handles == reference.ready, "ready queue", cursor, location)
    expect(queue.count == reference.ready.count, "ready queue's length", cursor, location)
    for (place, handle) in reference.ready.enumerated() {
      expect(timeline.place(of: handle, at: cursor) == place, "place", cursor, location)
    }
    let timers = timeline.timers(at: cursor).handles
    expect(timeline.hasTimers(at: cursor) == !timers.isEmpty, "timers", cursor, location)
    expect(timers == reference.timersByDeadline, "timers", cursor, location)

    expect(timeline.laneCount(at: cursor) == reference.laneOrder.count, "lanes", cursor, location)
    for (place, id) in reference.laneOrder.enumerated() {
      guard let lane = reference.lanes[id] else { continue }
      expect(timeline.laneID(at: place) == id, "lane's identity", cursor, location)
      let change = timeline.change(of: id, at: cursor)
      expect(change?.state == lane.state, "state of \(id)", cursor, location)
      expect(change?.event == lane.event, "change of \(id)", cursor, location)
      let changes = timeline.changes(of: id)?.count(at: cursor)
      expect(changes == lane.changes, "changes of \(id)", cursor, location)
      let isAwaited = lane.awaiter.map { reference.lanes[$0]?.awaits == id } ?? false
      let awaiter = timeline.awaiter(of: id, at: cursor)
      expect(awaiter == (isAwaited ? lane.awaiter : nil), "awaiter of \(id)", cursor, location)
      let durations = timeline.durations(of: id, at: cursor)
      for state in LaneState.allCases {
        expect(
          durations.nanoseconds(in: state) == lane.nanoseconds[state, default: 0]
            && durations.entries(into: state) == lane.entries[state, default: 0],
          "time of \(id) in \(state)", cursor, location)
      }
      let named = lane.task.flatMap { reference.futures[$0]?.namings } ?? []
      let namings = timeline.lane(id).map { Array(timeline.namings(of: $0, at: cursor)) }
      expect(namings == named, "names of the task of \(id)", cursor, location)
      if lane.awaits != nil {
        expect(
          timeline.awaited(by: id, at: cursor) == [lane.awaits], "awaited", cursor, location)
      }
    }
    for (id, resource) in reference.resources {
      expect(timeline.state(of: id, at: cursor) == resource.state, "resource", cursor, location)
      let inLine = resource.line.filter { reference.futures[$0]?.isResolved == false }
      let waiters = reference.lanes.filter { $0.value.waitsFor.map(inLine.contains) ?? false }
      expect(
        Set(timeline.waiters(for: id, at: cursor)) == Set(waiters.keys), "line", cursor, location)
    }
    for (id, future) in reference.futures {
      expect(
        timeline.isResolved(id, at: cursor) == future.isResolved, "resolved", cursor, location)
      expect(timeline.members(of: id, at: cursor) == future.members, "members", cursor, location)
      let owners = future.owners.filter { reference.futures[$0]?.isResolved == false }
      expect(timeline.owners(of: id, at: cursor) == owners, "owners", cursor, location)
      let waiters = reference.lanes.filter { $0.value.waitsFor == id }.keys
      expect(
        Set(timeline.waiters(of: id, at: cursor)) == Set(waiters), "waiters", cursor, location)
    }
  }

  /// `#expect` costs too much for the hundreds of thousands of comparisons that hold.
  private func expect(
    _ condition: Bool, _ what: @autoclosure () -> String, _ cursor: Int, _ location: SourceLocation
  ) {
    guard !condition else { return }
    Issue.record("\(what()) differs at cursor \(cursor)", sourceLocation: location)
  }
}
