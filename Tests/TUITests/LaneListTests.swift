import TUI
import Testing
import Trace
import TraceSamples

/// The order of the lanes, which is kept from one picture to the next.
struct LaneListTests {
  private func rows(_ list: LaneList) -> [String] {
    list.rows.map { row in
      let lines = (0..<8).map { row.isPassed(at: $0) ? "1" : "0" }.joined()
      return "\(row.lane.rawValue) \(row.depth) \(row.isLast) \(lines)"
    }
  }

  @Test(arguments: LaneList.Order.allCases, 0..<4)
  func `wherever one goes in a run that grows, the lanes stand as if nothing was kept`(
    order: LaneList.Order, seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var batch = RandomRun(seed: seed, events: 600).script.batch
    if seed % 2 == 1 { batch = batch.losing(2, using: &random) }
    var timeline = Timeline()
    timeline.append(Batch(texts: batch.texts, events: []))
    var kept = LaneList()
    for events in stride(from: 0, to: batch.events.count, by: 7) {
      timeline.append(
        Batch(events: Array(batch.events[events..<min(events + 7, batch.events.count)])))
      for cursor in [timeline.events.count, Int(random.next() % UInt64(events + 1))] {
        kept.refresh(timeline, cursor: cursor, order: order, filter: "")
        var fresh = LaneList()
        fresh.refresh(timeline, cursor: cursor, order: order, filter: "")
        #expect(rows(kept) == rows(fresh), "\(order) at \(cursor) of \(timeline.events.count)")
      }
    }
  }

  @Test func `lanes by state stand from those that run to those that are over`() {
    var run = Script()
    let lanes = (0..<4).map { run.lane("work(\(3 - $0))") }
    for lane in lanes { _ = run.task(lane) }
    run.start(lanes[0])
    run.return(lanes[0])
    run.start(lanes[1])
    _ = run.sleep(lanes[1], until: .ms(5))
    run.start(lanes[3])
    func order(_ order: LaneList.Order) -> [UInt32] {
      var list = LaneList()
      list.refresh(run.timeline, cursor: run.cursor, order: order, filter: "")
      return list.rows.map(\.lane.rawValue)
    }
    #expect(order(.tree) == [1, 2, 3, 4])
    #expect(order(.name) == [4, 3, 2, 1])
    #expect(order(.state) == [4, 3, 2, 1])
    #expect(order(.busy).last == 3)
  }
}
