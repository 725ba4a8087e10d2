import Insight
import Testing
import Trace
import TraceSamples

/// Whatever a recording says, a path is in one piece.
struct RandomPathTests {
  @Test(arguments: 0..<6)
  func `the path of any lane at any cursor of a random run reaches from its creation to there`(
    seed: UInt64
  ) throws {
    try expectPaths(in: RandomRun(seed: seed, events: 250).script.batch) { timeline, path, cursor in
      let created = try #require(timeline.lane(path.lane)?.created)
      #expect(path.cut == nil)
      #expect(path.origin == created)
      let change = try #require(timeline.change(of: path.lane, at: cursor))
      let end = change.state.isOver ? timeline.events[change.event].time : timeline.time(at: cursor)
      let start = timeline.events[created].time
      guard let first = path.parts.first else { return #expect(start == end) }
      #expect(first.events.lowerBound == created)
      #expect(path.times == start..<end)
    }
  }

  @Test(arguments: 0..<4)
  func `so is that of a run with losses`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try expectPaths(in: RandomRun(seed: seed, events: 250).script.batch.losing(3, using: &random))
  }

  @Test(arguments: 0..<8)
  func `so is that of facts that make no sense`(seed: UInt64) throws {
    try expectPaths(in: Garbage.batch(seed: seed, events: 200))
  }

  private func expectPaths(
    in batch: Batch, _ check: (Timeline, CriticalPath, Int) throws -> Void = { _, _, _ in }
  ) throws {
    var timeline = Timeline()
    timeline.append(batch)
    for cursor in 0...timeline.events.count {
      for lane in timeline.laneIDs(at: cursor) {
        guard let path = timeline.criticalPath(of: lane, at: cursor) else {
          #expect(timeline.tellsNoSteps)
          continue
        }
        for (part, next) in zip(path.parts, path.parts.dropFirst()) {
          #expect(part.events.upperBound == next.events.lowerBound)
          #expect(part.times.upperBound == next.times.lowerBound)
        }
        let report = PathReport(path, at: cursor, in: timeline, limit: 5)
        #expect(report.spendings.reduce(0) { $0 + $1.nanoseconds } == path.nanoseconds)
        let parts = report.parts
        #expect(parts.isEmpty || parts.reduce(0) { $0 + $1.nanoseconds } == path.nanoseconds)
        #expect(parts.count <= 11 && report.spendings.count <= 6)
        try check(timeline, path, cursor)
      }
    }
  }
}
