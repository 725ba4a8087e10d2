import Insight
import Testing
import Trace
import TraceSamples

/// Tasks that were cancelled and went on.
struct RefusalTests {
  /// `worker()` sleeps; `main()` cancels it, and it returns all the same.
  ///
  /// - Parameters:
  ///   - isThrownIn: whether its sleep is cancelled, else that ends.
  ///   - goesOn: whether it sleeps once more.
  private func run(
    isThrownIn: Bool = true, goesOn: Bool = false, value: String = ""
  ) -> (script: Script, worker: LaneID) {
    var run = Script()
    let main = run.lane("main()")
    let first = run.task(main)
    let worker = run.lane("worker()", by: main)
    let task = run.task(worker, by: main)
    var sleeps: [Script.Sleep] = []
    run.step(task.firstStep) { run in
      run.start(worker)
      sleeps.append(run.sleep(worker, until: .ms(1000)))
    }
    var wakeup = HandleID.none
    run.step(first.firstStep) { run in
      run.start(main)
      wakeup = run.resolve(
        sleeps[0].future, isThrownIn ? .cancelled : .result, then: Callback(.wakeup, task.future))
      run.return(main)
    }
    func end(_ run: inout Script) {
      run.return(worker, value)
      run.add(.taskRefused(task.future))
      run.add(.futureResolved(task.future, .result))
    }
    run.step(wakeup) { run in
      run.resume(worker)
      if goesOn { sleeps.append(run.sleep(worker, until: .ms(5))) } else { end(&run) }
    }
    if goesOn {
      run.fire(sleeps[1].timer, at: .ms(5))
      run.step(run.wake(sleeps[1], task.future)) { run in
        run.resume(worker)
        end(&run)
      }
    }
    return (run, worker)
  }

  private func found(_ script: Script) -> [String] {
    let timeline = script.timeline
    let found = findings(at: script.cursor, in: timeline, standstills: [])
    #expect(found.count == timeline.complaintCount(at: script.cursor))
    return found.map(timeline.line(for:))
  }

  @Test(
    arguments: [
      (true, "", "0.005s  step 5", ", went on and returned"),
      (true, "3", "0.005s  step 5", ", went on and returned 3"),
      (false, "3", "0.000s  step 3", " and returned 3"),
    ])
  func `a task that was cancelled and went on is a finding, and why says so in the same words`(
    goesOn: Bool, value: String, when: String, end: String
  ) {
    let (script, worker) = run(goesOn: goesOn, value: value)
    let words = "was cancelled by main() in step 2, but swallowed the CancelledError\(end)"
    #expect(found(script) == ["\(when)  worker(): \(words)"])
    let why = why(worker, at: script.cursor, in: script.timeline)?.state.map(\.text) ?? []
    #expect(why.dropFirst() == ["worker() \(words)."])
    #expect(script.timeline.complaints(about: worker).count == 1)
  }

  @Test func `who ends at once, as was asked for, is none`() {
    #expect(found(run().script).isEmpty)
  }

  @Test func `nor is a task into which nothing was thrown`() {
    #expect(found(run(isThrownIn: false, goesOn: true, value: "3").script).isEmpty)
  }

  /// `main()` cancels `inner()` and catches what it gets for waiting for it.
  @Test func `nor is one that has cancelled what it waited for`() {
    var run = Script()
    let main = run.lane("main()")
    let first = run.task(main)
    let inner = run.lane("inner()", by: main)
    let task = run.task(inner, by: main)
    var sleep: Script.Sleep?
    run.step(task.firstStep) { run in
      run.start(inner)
      sleep = run.sleep(inner, until: .ms(1000))
    }
    var wakeup = HandleID.none
    run.step(first.firstStep) { run in
      run.start(main)
      guard let sleep else { return }
      wakeup = run.resolve(sleep.future, .cancelled, then: Callback(.wakeup, task.future))
      run.suspend(main, .task, task.future)
    }
    var last = HandleID.none
    run.step(wakeup) { run in
      run.resume(inner)
      run.add(.coroutineCancelled(inner))
      last = run.resolve(task.future, .cancelled, then: Callback(.wakeup, first.future))
    }
    run.step(last) { run in
      run.resume(main)
      run.return(main, "3")
      run.add(.taskRefused(first.future))
    }
    #expect(found(run).isEmpty)
  }
}
