import Testing
import Trace

@testable import Loop

/// KeyboardInterrupt and SystemExit: errors that no task and no callback keeps to itself.
struct ProgramExitTests {
  private static func raising(_ error: any Error, after seconds: Double = 0) -> Coroutine<Void> {
    Coroutine("raising()") {
      try await sleep(seconds)
      throw error
    }
  }

  @Test(arguments: [KeyboardInterrupt() as any PythonError, SystemExit("done")])
  func `one that a task throws ends the run and stays the task's exception`(
    error: any PythonError
  ) {
    var task: LoopTask<Void>?
    let run = Run {
      task = createTask(Self.raising(error))
      try await sleep(1)
      print("not reached")
    }
    #expect((run.failure as? any PythonError)?.description == error.description)
    #expect(run.output.isEmpty)
    #expect(run.seconds == 0)
    #expect(((try? task?.exception()) as? any PythonError)?.description == error.description)
  }

  @Test func `no other handle runs in that tick, and what is ready stays for the next run`() throws
  {
    let said = Said()
    let loop = EventLoop(clock: .virtual, echo: said.hear)
    #expect(throws: KeyboardInterrupt("now")) {
      try loop.runUntilComplete(
        Coroutine("main()") {
          let loop = runningLoop()
          loop.callSoon("first") { print("first") }
          loop.callSoon("second") { throw KeyboardInterrupt("now") }
          loop.callSoon("third") { print("third") }
          try await sleep(1)
        })
    }
    #expect(said.lines(.stdout) == ["first"])
    try loop.runUntilComplete(Coroutine("next()") { print("next") })
    #expect(said.lines(.stdout) == ["first", "third", "next"])
    loop.close()
  }

  @Test func `the main coroutine's own does not stop the run after it`() throws {
    let said = Said()
    let loop = EventLoop(clock: .virtual, echo: said.hear)
    #expect(throws: SystemExit()) {
      try loop.runUntilComplete(Coroutine<Void>("main()") { throw SystemExit() })
    }
    try loop.runUntilComplete(Coroutine("next()") { try await sleep(1) })
    #expect(loop.time == 1_000_000_000)
    loop.close()
    #expect(said.lines(.stderr).isEmpty)
  }

  @Test func `a done callback's goes through, and not to the exception handler`() {
    let run = Run {
      let task = createTask(Coroutine("quick()") {})
      task.addDoneCallback("bad") { _ in throw SystemExit("callback") }
      try await sleep(1)
    }
    #expect(run.failure as? SystemExit == SystemExit("callback"))
    #expect(run.errors.first == "Task was destroyed but it is pending!")
  }

  @Test func `a group raises it alone, and before the errors of others`() {
    let run = Run {
      do {
        try await taskGroup { group in
          try group.createTask(Coroutine<Void>("fails()") { throw ValueError("bad") })
          try group.createTask(
            Coroutine<Void>("exits()") {
              do { try await sleep(1) } catch { throw SystemExit("late") }
            })
        }
      } catch let error as CancelledError {
        print("cancelled by the end of the run")
        throw error
      }
    }
    #expect(run.failure as? SystemExit == SystemExit("late"))
    #expect(run.output.isEmpty)
  }

  @Test func `a group whose body throws it waits for its tasks first`() {
    let run = Run {
      print(
        await thrown {
          try await taskGroup { group in
            try group.createTask(
              Coroutine("child()") {
                do { try await sleep(1) } catch { print("child is cancelled") }
              })
            try await sleep(0)
            throw KeyboardInterrupt("body")
          }
        })
    }
    #expect(run.output == ["child is cancelled", "KeyboardInterrupt: body"])
    #expect(run.failure == nil)
  }

  @Test func `run cancels what is left, and throws it`() {
    let said = Said()
    #expect(throws: KeyboardInterrupt()) {
      try Loop.run(
        Coroutine<Void>("main()") {
          createTask(
            Coroutine("child()") {
              do { try await sleep(9) } catch { print("\(error)") }
            })
          try await sleep(0)
          throw KeyboardInterrupt()
        }, clock: .virtual, echo: said.hear)
    }
    #expect(said.lines(.stdout) == ["CancelledError"])
    #expect(said.lines(.stderr).isEmpty)
  }

  @Test func `one that nobody asks a task for is reported`() {
    let run = Run { try await createTask(Self.raising(KeyboardInterrupt("lost")))() }
    #expect(run.failure is KeyboardInterrupt)
    let alone = Run {
      createTask(Self.raising(KeyboardInterrupt("lost")))
      try await sleep(1)
    }
    #expect(alone.errors.contains("Task exception was never retrieved"))
    #expect(alone.errors.contains("KeyboardInterrupt: lost"))
  }

  @Test func `a source that ends so says with what`() {
    let source = LoopSource(
      header: RunHeader(program: ["exit"], clock: .virtual, runtime: "test"), profile: .latest
    ) { Self.raising(SystemExit("status"), after: 1) }
    while !source.hasEnded { _ = source.run(until: .max, budget: 100) }
    #expect(source.failure as? SystemExit == SystemExit("status"))
    source.close()
  }
}
