import Export
import Foundation
import Testing
import Trace
import TraceSamples

/// The run as Trace Event JSON.
@Suite struct ChromeTraceTests {
  struct File: Decodable {
    var traceEvents: [TraceEvent]
    var otherData: [String: String]
  }

  struct TraceEvent: Decodable {
    struct Arguments: Decodable {
      var name: String?
      var event: Int?
      var because: String?
      var handles: Int?
      var sort_index: Int?
    }

    var ph: String
    var pid: Int
    var tid: UInt32
    var name: String
    var ts: Double?
    var dur: Double?
    var cat: String?
    var id: UInt32?
    var args: Arguments?

    var end: Double { (ts ?? 0) + (dur ?? 0) }
  }

  @Test func `it says what ran`() throws {
    let file = try decoded(Script().timeline)
    #expect(
      file.otherData == ["program": "demo.py --fast", "runtime": "CPython 3.13.0", "clock": "real"])
    #expect(file.traceEvents.map(\.name).contains("process_name"))
  }

  @Test func `a lane is a thread, and each of its states a slice`() throws {
    var script = Script()
    let main = script.lane("main()", line: 3)
    let task = script.task(main, named: "first")
    script.time = 2_000
    script.begin(task.firstStep)
    script.start(main)
    script.time = 5_250
    script.add(.output(script.text("A\n"), by: main, .stdout))
    script.add(.coroutineReturned(main, value: script.text("7")))
    script.add(.handleEnded(task.firstStep))
    let events = try decoded(script.timeline).traceEvents
    let lane = events.filter { $0.tid == main.rawValue && $0.ph != "M" }
    #expect(lane.filter { $0.ph == "X" }.map(\.name) == ["PENDING", "ready", "RUNNING"])
    #expect(lane.first { $0.name == "RUNNING" }?.ts == 2)
    #expect(lane.first { $0.name == "RUNNING" }?.dur == 3.25)
    #expect(
      lane.first { $0.name == "RUNNING" }?.args?.because
        == "the first step of main() entered the ready queue, because its task was made")
    #expect(lane.filter { $0.ph == "i" }.map(\.name) == ["DONE: 7", "A"])
    let step = try #require(events.first { $0.cat == "step" })
    #expect(step.name == "step 1: the first step of main()" && step.tid == 0 && step.dur == 3.25)
    #expect(
      events.contains {
        $0.name == "thread_name" && $0.tid == 1 && $0.args?.name == "main() (first)"
      })
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `slices of a thread do not overlap, and arrows have two ends`(seed: UInt64) throws {
    let timeline = randomTimeline(seed: seed)
    let events = try decoded(timeline, clock: seed % 2 == 0 ? .virtual : .real).traceEvents
    for (thread, slices) in Dictionary(grouping: events.filter { $0.ph == "X" }, by: \.tid) {
      let sorted = slices.sorted {
        ($0.ts ?? 0, $0.args?.event ?? 0) < ($1.ts ?? 0, $1.args?.event ?? 0)
      }
      for (slice, next) in zip(sorted, sorted.dropFirst()) {
        #expect(slice.end <= (next.ts ?? 0) + 1e-6, "thread \(thread), seed \(seed)")
      }
    }
    let arrows = Dictionary(grouping: events.filter { $0.cat == "cause" }, by: \.id)
    #expect(!arrows.isEmpty)
    for (_, ends) in arrows {
      #expect(Set(ends.map(\.ph)) == ["s", "f"])
      #expect((ends.first { $0.ph == "s" }?.ts ?? 1) <= (ends.first { $0.ph == "f" }?.ts ?? 0))
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `the counter is the length of the ready queue`(seed: UInt64) throws {
    let timeline = randomTimeline(seed: seed)
    let counts = try decoded(timeline).traceEvents.filter { $0.ph == "C" }.map { $0.args?.handles }
    let steps = timeline.events.indices.filter {
      if case .handleBegan = timeline.events[$0].fact { true } else { false }
    }
    #expect(counts == steps.map { timeline.readyQueue(at: $0 + 1, limit: 0).count })
  }

  @Test func `on a virtual clock each event is a microsecond after the one before it`() throws {
    var script = Script()
    let lane = script.lane("main()")
    script.start(lane)
    script.add(.coroutineReturned(lane, value: .empty))
    let slices = try decoded(script.timeline, clock: .virtual).traceEvents.filter { $0.ph == "X" }
    #expect(slices.map(\.ts) == [0, 1] && slices.map(\.dur) == [1, 1])
  }

  @Test func `the latest time that there is can be told`() throws {
    var script = Script()
    let lane = script.lane("main()")
    script.time = .max
    script.start(lane)
    script.return(lane)
    let slices = try decoded(script.timeline, clock: .virtual).traceEvents.filter { $0.ph == "X" }
    #expect(slices.map(\.name) == ["PENDING", "RUNNING"])
    for format in [ExportFormat.svg, .csv] {
      #expect(try !export(script.timeline, as: format, clock: .virtual).isEmpty)
    }
  }

  private func decoded(_ timeline: Timeline, clock: RunHeader.Clock = .real) throws -> File {
    let text = try export(timeline, as: .chrome, clock: clock)
    return try JSONDecoder().decode(File.self, from: Data(text.utf8))
  }
}
