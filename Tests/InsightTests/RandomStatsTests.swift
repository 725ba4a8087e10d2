import Testing
import Trace
import TraceSamples

@testable import Insight

/// What is counted is what there is, whatever a recording says.
struct RandomStatsTests {
  @Test(arguments: 0..<8)
  func `the sums of a random run are those that are added up event by event`(seed: UInt64) {
    let batch = RandomRun(seed: seed, events: 600).script.batch.taking(SeededGenerator(seed: seed))
    expectSums(of: batch)
  }

  @Test(arguments: 0..<4)
  func `so are those of a run with losses`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let batch = RandomRun(seed: seed, events: 600).script.batch.taking(random)
    expectSums(of: batch.losing(4, using: &random))
  }

  @Test(arguments: 0..<12)
  func `facts that make no sense are counted without a trap, and no time is counted twice`(
    seed: UInt64
  ) {
    let timeline = timeline(of: Garbage.batch(seed: seed, events: 2000))
    for range in [0..<2000, 500..<1500, 1999..<2000, 7..<7, 2000..<2000] {
      let stats = timeline.stats(in: range)
      #expect(stats.functions.reduce(0) { $0 + $1.time } == stats.busy)
      #expect(stats.busy <= stats.nanoseconds)
      #expect(stats.functions.allSatisfy { $0.longest <= $0.time && $0.left >= 0 })
      let queue = range.map { timeline.readyQueue(at: $0 + 1).count }.max() ?? 0
      #expect(stats.longestQueue.count == queue)
    }
  }

  @Test(arguments: 0..<4)
  func `facts about endless times do not trap`(seed: UInt64) {
    var batch = Garbage.batch(seed: seed, events: 2000)
    for index in batch.events.indices where index > 100 { batch.events[index].time = .max }
    #expect(timeline(of: batch).stats(in: 0..<2000).nanoseconds > 0)
  }

  private func timeline(of batch: Batch) -> Timeline {
    var timeline = Timeline()
    timeline.append(batch)
    return timeline
  }

  private func expectSums(of batch: Batch) {
    let count = batch.events.count
    let timeline = timeline(of: batch)
    for range in [0..<count, 0..<count / 2, count / 3..<count, count / 4..<count / 2] {
      timeline.expectStats(PlainStats(batch, in: range), in: range)
    }
  }
}

extension Batch {
  /// The same run, with time passing between any two of its events.
  fileprivate func taking(_ random: SeededGenerator) -> Batch {
    var random = random
    var batch = self
    var late: Int64 = 0
    for index in batch.events.indices {
      if random.chance(60) { late += Int64(random.below(3_000_000)) }
      batch.events[index].time += late
    }
    return batch
  }
}
