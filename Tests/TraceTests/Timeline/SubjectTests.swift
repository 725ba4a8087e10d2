import Testing
import Trace
import TraceSamples

/// Of which lane an event tells.
@Suite struct SubjectTests {
  @Test func `what is about a handle, a future or a task is about the lane for whose code it is`() {
    var run = Script()
    let (work, other) = (run.lane("work()"), run.lane("other()"))
    let task = run.task(work, named: "first")
    let second = run.task(other)
    run.start(work)
    let start = run.cursor
    run.add(.taskRenamed(task.future, name: run.text("renamed"), by: other))
    let sleep = run.sleep(work, until: .ms(1))
    run.fire(sleep.timer, at: .ms(1))
    let wakeup = run.wake(sleep, task.future)
    run.step(wakeup) { $0.add(.futureResolved(second.future, .result)) }
    let about = (start..<run.cursor).map { index -> String in
      let lane = run.timeline.subject(ofEvent: index)
      return lane == work ? "work" : lane == other ? "other" : "-"
    }
    #expect(
      about == [
        "work",  // renamed
        "-", "work", "work",  // its sleep's future is made, the timer set, and it sleeps
        "-", "-", "work",  // the clock jumps, a tick begins, the timer fires
        "work", "work", "work", "-",  // the timer's step: the future is done, the wakeup enters
        "work", "other", "-",  // the wakeup's step
      ])
  }
}
