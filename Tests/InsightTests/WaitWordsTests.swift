import Insight
import Testing
import Trace
import TraceSamples

struct WaitWordsTests {
  @Test(
    arguments: [
      (.lock, "future", "to acquire a lock"), (.queueGet, "future", "for an item in a queue"),
      (.thread, "future", "for a thread"), (.future, "future", "for future 3"),
      (.wait, "future", "in wait()"), (.io, "read from [::1]:80", "to read from [::1]:80"),
      (.io, "io", "for input or output"), (.subprocess, "7 (sleep)", "for the process 7 (sleep)"),
      (.thread, "fetch", "for fetch in a thread"),
      (.subprocess, "fetch", "for fetch in another process"),
      (.gather, "gather", "for a gather"), (.gather, "task group", "for a task group"),
      (.wait, "wait_for", "in wait_for()"),
      (.wait, "cancel and wait", "for what it has cancelled"),
      (.wait, "as_completed", "for the next in as_completed()"),
      (.future, "shield", "for a shield"), (.future, "Pool.get()", "in Pool.get()"),
    ] as [(Wait.Kind, String, String)])
  func `each kind of wait has its words, with what it is for where that is known`(
    kind: Wait.Kind, purpose: String, words: String
  ) {
    var run = Script()
    let main = run.lane("main()")
    _ = run.task(main)
    _ = run.task(run.lane("other()"))
    run.start(main)
    run.suspend(main, kind, run.future(purpose), line: 2)
    #expect(
      why(main, at: run.cursor, in: run.timeline)?.state.first?.text
        == "main() is waiting \(words), since 0.000 s, at line 2.")
  }

  @Test func `a callback that resolves what is no sleep is not called the end of one`() {
    var run = Script()
    let main = run.lane("main()")
    let task = run.task(main)
    var (callback, wakeup) = (HandleID.none, HandleID.none)
    run.step(task.firstStep) { run in
      run.start(main)
      let future = run.future("connect to 127.0.0.1:80")
      callback = run.schedule(Callback(.setResult, future), Cause(.callSoon))
      run.suspend(main, .io, future)
    }
    run.step(callback) { run in
      wakeup = run.resolve(FutureID(2), then: Callback(.wakeup, task.future))
    }
    run.step(wakeup) { run in run.resume(main) }
    let name = "future 2 (connect to 127.0.0.1:80)"
    let texts = why(main, at: run.cursor, in: run.timeline)?.step.map(\.text) ?? []
    #expect(
      texts[0].contains("because the wakeup of main() was scheduled when \(name) was resolved,"))
    #expect(
      texts[1] == "Step 2 ran because main() asked for the resolving of \(name) with call_soon in "
        + "step 1.")
  }
}
