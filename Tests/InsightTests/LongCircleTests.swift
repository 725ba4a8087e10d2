import Insight
import Testing
import Trace
import TraceSamples

/// Who waits for one another, of so many that looking from each of them would take hours.
struct LongCircleTests {
  /// Tasks that wait for one another in a row; the last for the first, or for a future.
  private static func row(of count: Int, isCircle: Bool) -> Script {
    var run = Script()
    let lanes = (0..<count).map { run.lane("work(\($0))") }
    let tasks = lanes.map { run.task($0) }
    let last = run.future("future")
    for (place, task) in tasks.enumerated() {
      run.step(task.firstStep) { run in
        run.start(task.lane)
        if place + 1 < count || isCircle {
          run.suspend(task.lane, .task, tasks[(place + 1) % count].future)
        } else {
          run.suspend(task.lane, .future, last)
        }
      }
    }
    run.add(.stoodStill)
    return run
  }

  private func said(_ run: Script) -> String? {
    standstill(at: run.cursor, in: run.timeline, sources: [])?.text
  }

  @Test
  func `each of a long row is looked at once`() {
    let run = Self.row(of: 10_000, isCircle: false)
    var text: String?
    #expect(processorTime { text = said(run) } < 20)
    #expect(text?.hasSuffix("work(9999) waits for future 10001; 9993 more wait too.") == true)
  }

  @Test
  func `many that wait for one gather of many are not looked through for each`() {
    var run = Script()
    let lanes = (0..<5_000).map { run.lane("work(\($0))") }
    let tasks = lanes.map { run.task($0) }
    let gather = run.gather(lanes.map { _ in run.future("future") })
    for task in tasks {
      run.step(task.firstStep) { run in
        run.start(task.lane)
        run.suspend(task.lane, .gather, gather)
      }
    }
    run.add(.stoodStill)
    var text: String?
    #expect(processorTime { text = said(run) } < 20)
    #expect(
      text
        == "Nothing can happen any more: work(0) waits for a gather; "
        + "work(1) and 4998 others wait for a gather.")
  }

  @Test
  func `of a long circle the first twenty are named, wherever it is entered`() throws {
    let run = Self.row(of: 30, isCircle: true)
    let names = (0..<20).map { "work(\($0)) waits for " }.joined()
    let text =
      "\(names)10 more in a row, the last of which waits for work(0): nothing can wake them."
    #expect(said(run) == text)
    for lane in run.timeline.laneIDs() {
      let reasons = why(lane, at: run.cursor, in: run.timeline)?.reasons ?? []
      #expect(reasons.contains { $0.text == text })
    }
    let short = try #require(said(Self.row(of: 20, isCircle: true)))
    #expect(short.contains("work(18) waits for work(19) waits for work(0): "))
  }
}
