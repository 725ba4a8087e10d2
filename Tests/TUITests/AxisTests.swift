import TUI
import Testing
import Trace
import TraceSamples

/// The axis of the bars.
struct AxisTests {
  @Test(arguments: Axis.Mode.allCases, [-6, -2, 0, 3])
  func `time never runs back along it`(mode: Axis.Mode, zoom: Int) {
    let timeline = RandomRun(seed: 5, events: 500).script.timeline
    var axis = Axis()
    axis.mode = mode
    axis.zoom = zoom
    for cursor in stride(from: 0, through: timeline.events.count, by: 25) {
      let window = axis.window(columns: 80, cursor: cursor, time: timeline.time(at: cursor))
      let times = (0...80).map { window.time(atColumn: $0, in: timeline) }
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }, "at \(cursor): \(times)")
    }
  }

  @Test(
    arguments: [
      (0, "0s"), (2_000_000_000, "2s"), (1_500_000_000, "1.5s"), (250_000_000, "250ms"),
      (3_599_000_000_000, "3599s"), (3_600_000_000_000, "1:00:00"),
      (5_400_500_000_000, "1:30:00.5"), (86_400_000_000_000, "1d"),
      (259_205_000_005_000, "3d 0:00:05.000005"), (3_000, "3µs"), (7, "7ns"),
      (2_328_150_000, "2.32815s"), (-1_000_500, "-1.0005ms"),
    ] as [(Int64, String)])
  func `a label has as many digits as tell it from the next`(time: Int64, label: String) {
    #expect(shortTimeText(time) == label)
  }

  @Test func `moments that are hours apart are labelled as on a clock`() throws {
    let hour: Int64 = 3_600_000_000_000
    var run = Script()
    let main = run.lane("main()")
    _ = run.task(main)
    run.start(main)
    for _ in 0..<10 {
      run.time += 5 * hour
      run.add(.coroutineResumed(main))
    }
    var model = run.model(columns: 120)
    model.fitAxis()
    let axis = try #require(view(of: model).lines.first { $0.contains("╷0s") })
    let labels = axis.split(separator: "╷").dropFirst().map { label in
      label.replacing(/[─▼]/, with: "")
    }
    #expect(labels.first == "0s" && labels.count > 1, "\(axis)")
    let moments = labels.dropFirst().compactMap { time(of: $0) }
    #expect(moments.count == labels.count - 1, "\(axis)")
    #expect(moments.allSatisfy { $0 % hour == 0 }, "\(axis)")
    #expect(labels.contains { $0.hasPrefix("1d") || $0.hasSuffix(":00:00") }, "\(axis)")
  }
}
