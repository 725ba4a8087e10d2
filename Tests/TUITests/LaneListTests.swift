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
        kept.refresh(timeline, cursor: cursor, order: order)
        var fresh = LaneList()
        fresh.refresh(timeline, cursor: cursor, order: order)
        #expect(rows(kept) == rows(fresh), "\(order) at \(cursor) of \(timeline.events.count)")
      }
    }
  }

  @Test func `lanes that are over are hidden, but for those above one that is not`() {
    var run = Script()
    let main = run.lane("main()")
    let requests = (0..<3).map { run.lane("request(\($0))", by: main) }
    let inner = run.lane("inner()", by: requests[1])
    for lane in [main] + requests + [inner] { run.start(lane) }
    run.return(requests[0])
    run.return(requests[1])
    let before = run.cursor
    run.add(.coroutineCancelled(inner))
    run.add(.coroutineRaised(requests[2], exception: run.text("ValueError")))
    func shown(at cursor: Int) -> [LaneID] {
      var list = LaneList()
      list.refresh(run.timeline, cursor: cursor, order: .tree, hidesOver: true)
      return list.rows.map(\.lane)
    }
    #expect(shown(at: before) == [main, requests[1], inner, requests[2]])
    #expect(shown(at: run.cursor) == [main, requests[2]])
    var model = run.model(columns: 80)
    _ = model.update(.key(Key("d")))
    #expect(view(of: model).lines[1].contains("lanes 2 of 5"))
    _ = model.update(.key(Key("d")))
    #expect(model.lanes.rows.count == 5)
    // The chosen lane does not go away under the user's eyes.
    for key in ["g", "j", "d"] { _ = model.update(.key(Key(Character(key)))) }
    #expect(model.lanes.rows.map(\.lane) == [main, requests[0], requests[2]])
    #expect(model.selected == requests[0])
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
      list.refresh(run.timeline, cursor: run.cursor, order: order)
      return list.rows.map(\.lane.rawValue)
    }
    #expect(order(.tree) == [1, 2, 3, 4])
    #expect(order(.name) == [4, 3, 2, 1])
    #expect(order(.state) == [4, 3, 2, 1])
    #expect(order(.busy).last == 3)
  }

  @Test
  func `the lane that is followed is one whose text the run has, where there is one`() {
    var run = Script()
    let main = run.lane("main()", file: "demo.py", line: 1)
    run.start(main)
    let library = run.lane("shutdown()", file: "asyncio/base_events.py", line: 9)
    run.start(library)
    #expect(run.model(sources: [.init(name: "demo.py", text: "import asyncio\n")]).selected == main)
    #expect(run.model().selected == library)
  }
}
