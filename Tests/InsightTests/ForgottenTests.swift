import Insight
import Testing
import Trace
import TraceSamples

/// Coroutines that were never awaited, as findings.
struct ForgottenTests {
  /// `main()` makes `save()`, forgets it, and is warned of it.
  private func findings(calledAt line: UInt32?, isForgotten: Bool = true) -> [String] {
    var run = Script()
    let main = run.lane("main()", line: 1)
    let task = run.task(main)
    run.step(task.firstStep) { run in
      run.start(main)
      let save = run.lane("save()", by: main, line: 8, calledAt: line)
      if isForgotten { run.add(.coroutineNeverAwaited(save)) }
      run.add(.warned(run.text("RuntimeWarning: never awaited"), by: save))
    }
    let timeline = run.timeline
    return Insight.findings(at: run.cursor, in: timeline, standstills: []).map(timeline.line(for:))
  }

  @Test(
    arguments: [
      (21, true, ", called at demo.py:21"), (nil, true, ""), (21, false, ""),
    ] as [(UInt32?, Bool, String)])
  func `a finding says where the call stands, if that is known and nobody awaited it`(
    line: UInt32?, isForgotten: Bool, place: String
  ) {
    #expect(
      findings(calledAt: line, isForgotten: isForgotten) == [
        "0.000s  step 1  save(): RuntimeWarning: never awaited\(place)"
      ])
  }
}
