import Testing
import Trace
import TraceSamples

struct TimelineLaneTests {
  @Test
  func `a coroutine passes from pending over ready, running and sleeping to done`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.tick()
    run.begin(task.firstStep)
    run.start(main)
    let sleep = run.sleep(main, until: .ms(500), line: 4)
    run.end(task.firstStep)
    run.fire(sleep.timer, at: .ms(500))
    let wakeup = run.wake(sleep, task.future)
    run.begin(wakeup)
    run.resume(main)
    run.return(main)
    run.end(wakeup)

    let timeline = run.timeline
    let changes = timeline.changes(of: main).map(Array.init) ?? []
    #expect(
      changes.map(\.state) == [.pending, .ready, .running, .sleeping, .ready, .running, .done])
    for change in changes {
      #expect(timeline.change(of: main, at: change.event + 1) == change)
      #expect(timeline.change(of: main, at: change.event) != change)
    }
    #expect(timeline.state(of: main, at: 0) == .unknown)
    #expect(timeline.durations(of: main, at: run.cursor).nanoseconds(in: .sleeping) == .ms(500))
    #expect(timeline.line(of: main, at: run.cursor) == 4)
    #expect(timeline.timer(of: sleep.future)?.id == sleep.timer)
    #expect(timeline.timer(of: task.future) == nil)
  }

  @Test
  func `the coroutine that awaits goes on when the awaited one ends, however that ends`() {
    var run = Script()
    let outer = run.lane("outer()")
    let task = run.task(outer)
    run.begin(task.firstStep)
    run.start(outer)
    let first = run.awaitNew("first()", by: outer, line: 7)
    #expect(run.timeline.state(of: outer, at: run.cursor) == .awaiting)
    #expect(run.timeline.awaiter(of: first, at: run.cursor) == outer)
    #expect(run.timeline.awaited(by: outer, at: run.cursor) == [first])
    #expect(run.timeline.moment(at: run.cursor).lane == first)
    run.add(.coroutineRaised(first, exception: run.text("KeyError: 1")))
    #expect(run.timeline.state(of: first, at: run.cursor) == .failed)
    #expect(run.timeline.state(of: outer, at: run.cursor) == .running)
    #expect(run.timeline.awaiter(of: first, at: run.cursor) == nil)
    #expect(run.timeline.moment(at: run.cursor).lane == outer)
    let second = run.awaitNew("second()", by: outer, line: 8)
    run.add(.coroutineCancelled(second))
    #expect(run.timeline.state(of: outer, at: run.cursor) == .running)
    #expect(run.timeline.line(of: outer, at: run.cursor) == 8)
  }

  @Test
  func `the end of a coroutine does not touch one that has come to await another`() {
    var run = Script()
    let outer = run.lane("outer()")
    run.start(outer)
    let first = run.awaitNew("first()", by: outer)
    run.resume(outer)
    let second = run.awaitNew("second()", by: outer)
    run.return(first)
    #expect(run.timeline.state(of: outer, at: run.cursor) == .awaiting)
    #expect(run.timeline.awaiter(of: second, at: run.cursor) == outer)
    #expect(run.timeline.awaiter(of: first, at: run.cursor) == nil)
  }

  @Test
  func `an awaited coroutine is the innermost one before its first line runs`() {
    var run = Script()
    let outer = run.lane("outer()")
    let task = run.task(outer)
    run.start(outer)
    let inner = run.lane("inner()")
    run.add(.coroutineAwaited(by: outer, inner, line: 3))
    _ = run.schedule(Callback(.step, task.future), Cause(.callSoon))
    #expect(run.timeline.state(of: inner, at: run.cursor) == .ready)
    #expect(run.timeline.state(of: outer, at: run.cursor) == .awaiting)
  }

  @Test
  func `a wakeup makes the innermost coroutine of the chain ready, not the task's own`() {
    var run = Script()
    let outer = run.lane("outer()")
    let task = run.task(outer)
    run.begin(task.firstStep)
    run.start(outer)
    let inner = run.awaitNew("inner()", by: outer)
    let sleep = run.sleep(inner, until: 5)
    run.end(task.firstStep)
    run.fire(sleep.timer, at: 5)
    _ = run.wake(sleep, task.future)
    let timeline = run.timeline
    #expect(timeline.state(of: outer, at: run.cursor) == .awaiting)
    #expect(timeline.state(of: inner, at: run.cursor) == .ready)
  }

  @Test
  func `an eager task runs inside its creator, which is on the loop again when it suspends`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    run.begin(task.firstStep)
    run.start(main)
    let eager = run.lane("eager()", by: main)
    run.start(eager)
    #expect(run.timeline.moment(at: run.cursor).lane == eager)
    _ = run.sleep(eager, until: 5)
    #expect(run.timeline.moment(at: run.cursor).lane == main)
    #expect(run.timeline.state(of: main, at: run.cursor) == .running)
    run.end(task.firstStep)
    #expect(run.timeline.moment(at: run.cursor).lane == .none)
  }

  @Test
  func `what has not ended when the run ends is unfinished, unless it was never awaited`() {
    var run = Script()
    let asleep = run.lane("asleep()")
    let task = run.task(asleep)
    let forgotten = run.lane("forgotten()")
    let done = run.lane("done()")
    run.begin(task.firstStep)
    run.start(asleep)
    _ = run.sleep(asleep, until: 5)
    run.end(task.firstStep)
    run.start(done)
    run.return(done)
    run.add(.runEnded(exception: run.text("KeyboardInterrupt")))
    let end = run.cursor
    run.add(.coroutineNeverAwaited(forgotten))
    let timeline = run.timeline
    #expect(timeline.state(of: asleep, at: end - 1) == .sleeping)
    #expect(timeline.state(of: asleep, at: end) == .unfinished)
    #expect(timeline.state(of: forgotten, at: end) == .unfinished)
    #expect(timeline.state(of: forgotten, at: run.cursor) == .neverAwaited)
    #expect(timeline.state(of: done, at: run.cursor) == .done)
    let ending = timeline.moment(at: end).ending
    #expect(ending.map(timeline.text) == "KeyboardInterrupt")
    #expect(timeline.moment(at: end - 1).ending == nil)
  }

  @Test
  func `after a loss a lane is unknown until its next fact, and queue and timers are forgotten`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    let other = run.lane("other()")
    _ = run.timer(at: 9, Callback(function: run.text("tidy")))
    let before = run.cursor
    run.add(.dropped(count: 12))
    let after = run.cursor
    run.resume(main)
    let timeline = run.timeline
    #expect(timeline.state(of: main, at: before) == .ready)
    #expect(timeline.readyQueue(at: before).handles == [task.firstStep])
    #expect(timeline.timers(at: before).count == 1)
    #expect(timeline.state(of: main, at: after) == .unknown)
    #expect(timeline.readyQueue(at: after).count == 0)
    #expect(timeline.timers(at: after).count == 0)
    #expect(timeline.state(of: main, at: run.cursor) == .running)
    #expect(timeline.state(of: other, at: run.cursor) == .unknown)
    #expect(timeline.moment(at: run.cursor).dropped == 12)
    #expect(timeline.changes(of: main)?.map(\.state) == [.pending, .ready, .unknown, .running])
  }

  @Test
  func `a lane knows its name, parent, place and task, and is numbered if its name is not unique`()
  {
    var run = Script()
    let main = run.lane("main()", line: 3)
    let first = run.lane("cat()", by: main, line: 9)
    let second = run.lane("cat()", by: main, line: 10)
    let task = run.task(second, by: main)
    let timeline = run.timeline
    #expect(timeline.label(of: main) == "main()")
    #expect(timeline.label(of: first) == "cat()")
    #expect(timeline.label(of: second) == "cat()#2")
    #expect(timeline.label(of: task.future) == "cat()#2")
    let lane = timeline.lane(second)
    #expect(lane?.parent == main)
    #expect(lane?.site.line == 10)
    #expect(lane?.task == task.future)
    let name = lane.flatMap { timeline.taskName(of: $0, at: timeline.events.count) }
    #expect(name.map(timeline.text) == "Task-1")
    #expect(timeline.lane(first)?.task == FutureID.none)
    #expect(timeline.lane(LaneID(4)) == nil)
    #expect(timeline.laneCount(at: 2) == 2)
  }

  @Test
  func `who waits for a task is found through the gather that it is a member of`() {
    var run = Script()
    let main = run.lane("main()")
    let root = run.task(main)
    run.begin(root.firstStep)
    run.start(main)
    let members = (0..<3).map { _ in
      let lane = run.lane("meow()", by: main)
      return run.task(lane, by: main)
    }
    let gather = run.gather(members.map(\.future))
    run.suspend(main, .gather, gather, line: 5)
    run.end(root.firstStep)
    let before = run.cursor
    run.add(.futureResolved(members[1].future, .result))
    let timeline = run.timeline
    #expect(timeline.waiters(of: members[0].lane, at: before) == [main])
    #expect(timeline.awaited(by: main, at: before) == members.map(\.lane))
    #expect(timeline.awaited(by: main, at: run.cursor) == [members[0].lane, members[2].lane])
    #expect(timeline.awaitChain(of: main, at: before) == [main])
    #expect(timeline.waiters(of: gather, at: before) == [main])
    #expect(timeline.waiters(of: gather, at: before - 2) == [])
    #expect(timeline.wait(of: main, at: before) == Wait(.gather, gather))
  }

  @Test
  func `a chain of waits stops where it comes back to itself`() {
    var run = Script()
    let first = run.lane("a()")
    let second = run.lane("b()")
    let firstTask = run.task(first)
    let secondTask = run.task(second)
    run.start(first)
    run.suspend(first, .task, secondTask.future)
    run.start(second)
    run.suspend(second, .task, firstTask.future)
    #expect(run.timeline.awaitChain(of: first, at: run.cursor) == [first, second])
    #expect(run.timeline.waiters(of: first, at: run.cursor) == [second])
  }
}
