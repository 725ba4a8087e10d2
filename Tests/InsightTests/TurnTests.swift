import Insight
import Testing
import Trace
import TraceSamples

/// Turns that were given up.
struct TurnTests {
  private func texts(_ lane: LaneID, _ run: Script) -> [String] {
    why(lane, at: run.cursor, in: run.timeline)?.reasons.map(\.text) ?? []
  }

  /// `poll()` gives up its turn so many times, and is on the loop once more.
  @Test(arguments: [3, 5, 1500])
  func `turns that were given up one after the other are told as one`(turns: Int) {
    var run = Script()
    let poll = run.lane("poll()")
    let task = run.task(poll)
    run.begin(task.firstStep)
    run.start(poll)
    var next = task.firstStep
    for _ in 0..<turns {
      run.suspend(poll, .yield)
      let last = next
      next = run.schedule(Callback(.step, task.future), Cause(.yielded))
      run.end(last)
      run.begin(next)
      run.resume(poll)
    }
    let found = texts(poll, run).dropFirst().map { $0.split(separator: ";")[0] }
    #expect(
      found.first
        == "It runs now in step \(turns + 1) because poll() gave up its turn in step \(turns)")
    switch turns {
    case 3: #expect(found.count == 4 && !found.contains { $0.contains("had done so") })
    case 5:
      #expect(found[1] == "poll() had done so at each of its turns from step 1 on.")
      #expect(found[2].hasPrefix("Step 1 ran because the first step of poll() was scheduled"))
    default: #expect(found.dropFirst() == ["poll() had done so at each of its last 1000 turns."])
    }
  }
}
