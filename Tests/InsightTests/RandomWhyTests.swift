import Insight
import Testing
import Trace
import TraceSamples

/// Whatever a recording says, each of its events and each lane at each moment is told of.
struct RandomWhyTests {
  @Test(arguments: 0..<4)
  func `any lane at any cursor of a random run with losses is explained`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    expectSentences(for: RandomRun(seed: seed, events: 250).script.batch.losing(3, using: &random))
  }

  @Test(arguments: 0..<8)
  func `facts that make no sense are described and explained all the same`(seed: UInt64) {
    expectSentences(for: Garbage.batch(seed: seed, events: 200))
  }

  private func expectSentences(for batch: Batch) {
    var timeline = Timeline()
    timeline.append(batch)
    for event in timeline.events.indices where timeline.sentence(forEvent: event).isEmpty {
      Issue.record("nothing is said of event \(event)")
    }
    for cursor in 0...timeline.events.count {
      for lane in timeline.laneIDs(at: cursor) {
        let reasons = why(lane, at: cursor, in: timeline)?.reasons ?? []
        if reasons.isEmpty || reasons.contains(where: { !$0.text.hasSuffix(".") }) {
          Issue.record("\(lane) at cursor \(cursor): \(reasons.map(\.text))")
        }
        if reasons.count > 2 * 6 + 1 { Issue.record("\(reasons.count) reasons") }
      }
    }
  }
}
