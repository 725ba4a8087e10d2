import Insight
import Testing
import Trace
import TraceSamples

struct OpenMembersTests {
  /// `main()` waits for a gather of tasks.
  private struct Gathering {
    var run = Script()
    let main: LaneID
    let tasks: [Script.Task]
    let gather: FutureID

    init(_ names: [String]) {
      main = run.lane("main()")
      let root = run.task(main)
      run.begin(root.firstStep)
      run.start(main)
      var tasks: [Script.Task] = []
      for name in names {
        let lane = run.lane(name, by: main)
        tasks.append(run.task(lane, by: main))
      }
      self.tasks = tasks
      gather = run.gather(tasks.map(\.future))
      run.suspend(main, .gather, gather, line: 5)
      run.end(root.firstStep)
    }

    var reason: String? {
      why(main, at: run.cursor, in: run.timeline)?.reasons.first?.text
    }
  }

  @Test func `who waits for a gather says which members are open`() {
    var all = Gathering((0..<8).map { "meow(\($0))" })
    let (first, gather) = (all.tasks[0], all.gather)
    all.run.step(first.firstStep) { run in
      run.start(first.lane)
      run.return(first.lane)
      _ = run.resolve(first.future, then: Callback(.memberDone, gather))
    }
    #expect(
      all.reason
        == "main() is waiting for a gather, since 0.000 s, at line 5: 1 of 8 are done; open: "
        + "meow(1) (ready), meow(2) (ready), meow(3) (ready), meow(4) (ready), meow(5) (ready) "
        + "and 2 more.")
  }

  @Test func `of two or three open members it is told what they wait for`() {
    var both = Gathering(["client()", "napper()"])
    let client = both.tasks[0]
    both.run.step(client.firstStep) { run in
      run.start(client.lane)
      let fetch = run.awaitNew("fetch()", by: client.lane, line: 7)
      run.suspend(fetch, .future, run.future("reply"))
    }
    #expect(
      both.reason
        == "main() is waiting for a gather, since 0.000 s, at line 5: 0 of 2 are done; open: "
        + "client() (in fetch(), waiting for a reply), napper() (ready).")
  }
}
