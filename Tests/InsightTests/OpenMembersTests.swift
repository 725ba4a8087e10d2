import Insight
import Testing
import Trace
import TraceSamples

struct OpenMembersTests {
  @Test
  func `who waits for a gather says which members are open`() {
    var run = Script()
    let main = run.lane("main()")
    let root = run.task(main)
    run.begin(root.firstStep)
    run.start(main)
    let tasks = (0..<8).map { number in
      let lane = run.lane("meow(\(number))", by: main)
      return run.task(lane, by: main)
    }
    let gather = run.gather(tasks.map(\.future))
    run.suspend(main, .gather, gather, line: 5)
    run.end(root.firstStep)
    run.begin(tasks[0].firstStep)
    run.start(tasks[0].lane)
    run.return(tasks[0].lane)
    _ = run.resolve(tasks[0].future, then: Callback(.memberDone, gather))
    run.end(tasks[0].firstStep)
    #expect(
      text(main, run)
        == "main() is waiting for a gather, since 0.000 s, at line 5: 1 of 8 are done; open: "
        + "meow(1) (ready), meow(2) (ready), meow(3) (ready), meow(4) (ready), meow(5) (ready) "
        + "and 2 more.")
  }

  @Test func `of two or three open members it is told what they wait for`() {
    var run = Script()
    let main = run.lane("main()")
    let root = run.task(main)
    run.begin(root.firstStep)
    run.start(main)
    let (client, napper) = (run.lane("client()", by: main), run.lane("napper()", by: main))
    let first = run.task(client, by: main)
    let tasks = [first, run.task(napper, by: main)]
    run.suspend(main, .gather, run.gather(tasks.map(\.future)), line: 5)
    run.end(root.firstStep)
    run.begin(tasks[0].firstStep)
    run.start(client)
    let fetch = run.lane("fetch()", by: client)
    run.add(.coroutineAwaited(by: client, fetch, line: 7))
    run.start(fetch)
    run.suspend(fetch, .future, run.future("reply"))
    run.end(tasks[0].firstStep)
    #expect(
      text(main, run)
        == "main() is waiting for a gather, since 0.000 s, at line 5: 0 of 2 are done; open: "
        + "client() (in fetch(), waiting for a reply), napper() (ready).")
  }

  private func text(_ lane: LaneID, _ run: Script) -> String? {
    why(lane, at: run.cursor, in: run.timeline)?.reasons.first?.text
  }
}
