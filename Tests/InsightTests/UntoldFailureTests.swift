import Insight
import Testing
import Trace
import TraceSamples

/// Members of a gather that had failed with the one of which it tells.
struct UntoldFailureTests {
  /// Three members fail, and the gather with the first of them.
  private struct Failed {
    var run = Script()
    var tasks: [Script.Task] = []
    let main: LaneID

    init() {
      main = run.lane("main()")
      _ = run.task(main)
      run.start(main)
      for number in 1...3 { tasks.append(run.task(run.lane("fails(\(number))"))) }
      let gather = run.gather(tasks.map(\.future))
      run.suspend(main, .gather, gather)
      for task in tasks {
        run.start(task.lane)
        run.add(.coroutineRaised(task.lane, exception: run.text("ValueError: no")))
        run.add(.futureResolved(task.future, .exception))
      }
      run.add(.futureResolved(gather, .exception))
    }

    func found(at cursor: Int) -> [String] {
      findings(at: cursor, in: run.timeline, standstills: []).map(\.text)
    }
  }

  private static let both =
    "it had failed too when its gather did, which tells of the first alone: ValueError: no"

  @Test func `who looks at them later is told from then on, and not before`() {
    var failed = Failed()
    let alone = failed.run.cursor
    #expect(failed.found(at: alone - 1).isEmpty)
    #expect(failed.found(at: alone) == [Self.both + "; so had fails(3)"])
    #expect(failed.run.timeline.complaintCount(at: alone) == 1)

    _ = failed.run.gather([failed.tasks[1].future])
    let third = failed.run.cursor
    failed.run.suspend(failed.main, .task, failed.tasks[2].future)
    #expect(failed.found(at: third) == [Self.both])
    #expect(failed.found(at: failed.run.cursor).isEmpty)
    // At each moment it is what it was before more was known, and counted as it is told.
    #expect(failed.found(at: alone) == [Self.both + "; so had fails(3)"])
    for cursor in 0...failed.run.cursor {
      #expect(
        failed.run.timeline.complaintCount(at: cursor) == failed.found(at: cursor).count,
        "\(cursor)")
    }
  }
}
