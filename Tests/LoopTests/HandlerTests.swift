import Testing
import Trace

@testable import Loop

/// The exception handler, what is reported to it, and debug mode.
struct HandlerTests {
  private static func boom() -> Coroutine<Void> {
    Coroutine("boom()") { throw ValueError("bad") }
  }

  @Test func `an exception that nobody retrieves is reported when its task dies`() {
    let run = Run {
      createTask(Self.boom())
      try await sleep(0)
      print("after")
    }
    #expect(run.errors.first == "Task exception was never retrieved")
    #expect(run.errors.last == "ValueError: bad")
    #expect(
      run.facts.contains { fact in
        if case .exceptionReported(let text, _) = fact {
          run.text(text).hasPrefix("Task exception was never retrieved\nfuture: <Task finished")
        } else {
          false
        }
      })
  }

  @Test func `an exception that somebody looked at is not`() {
    let run = Run {
      let task = createTask(Self.boom())
      print(await thrown { try await task() })
      let other = createTask(Self.boom())
      try await sleep(0)
      print((try other.exception() as? ValueError)?.repr ?? "none")
    }
    #expect(run.output == ["ValueError: bad", "ValueError('bad')"])
    #expect(run.errors.isEmpty)
  }

  @Test func `a future's exception is reported too`() {
    let run = Run {
      let future = Future<Int>()
      try future.setException(ValueError("lost"))
    }
    #expect(run.errors.first == "Future exception was never retrieved")
  }

  @Test func `a handler of one's own hears it instead`() {
    let run = Run(
      configure: { loop in
        loop.setExceptionHandler { _, context in print("handler:", context.message) }
      }
    ) {
      createTask(Self.boom())
      try await sleep(0)
      runningLoop().callSoon("broken") { throw ValueError("in callback") }
      try await sleep(0)
    }
    #expect(
      run.output == [
        "handler: Task exception was never retrieved", "handler: Exception in callback broken()",
      ])
    #expect(run.errors.isEmpty)
  }

  @Test func `what a handler throws itself goes to the default one`() {
    let run = Run(
      configure: { loop in loop.setExceptionHandler { _, _ in throw TypeError("handler") } }
    ) {
      runningLoop().callSoon("broken") { throw ValueError("bad") }
      try await sleep(0)
      print("goes on")
    }
    #expect(run.output == ["goes on"])
    #expect(
      run.errors == [
        "Unhandled error in exception handler",
        "context: {'message': 'Exception in callback broken()', 'exception': ValueError('bad')}",
        "TypeError: handler",
      ])
    let reports = run.facts.count { if case .exceptionReported = $0 { true } else { false } }
    #expect(reports == 1)
  }

  @Test func `a handler's KeyboardInterrupt reaches who calls it`() {
    let run = Run(
      configure: { loop in loop.setExceptionHandler { _, _ in throw KeyboardInterrupt("handler") } }
    ) {
      let loop = runningLoop()
      print(await thrown { try loop.callExceptionHandler(ExceptionContext("mine")) })
      loop.callSoon("broken") { throw ValueError("bad") }
      try await sleep(1)
    }
    #expect(run.output == ["KeyboardInterrupt: handler"])
    #expect(run.failure as? KeyboardInterrupt == KeyboardInterrupt("handler"))
    #expect(run.seconds == 0)
  }

  @Test func `where memory is given back, a handler that throws is only told of`() {
    let run = Run(
      configure: { loop in loop.setExceptionHandler { _, _ in throw SystemExit("handler") } }
    ) {
      createTask(Self.boom())
      try await sleep(0)
      print("after")
    }
    #expect(run.output == ["after"])
    #expect(run.failure == nil)
    #expect(run.errors == ["Exception ignored in the exception handler", "SystemExit: handler"])
  }

  @Test func `the end asks all that it has cancelled for their exceptions`() {
    let said = Said()
    #expect(throws: SystemExit("handler")) {
      try Loop.run(
        Coroutine("main()") {
          runningLoop().setExceptionHandler { _, context in
            print(context.message)
            throw SystemExit("handler")
          }
          for _ in 1...2 {
            createTask(
              Coroutine<Void>("late()") {
                do { try await sleep(100) } catch { throw ValueError("on the way out") }
              })
          }
          try await sleep(0)
        }, clock: .virtual, echo: said.hear)
    }
    #expect(said.lines(.stdout) == ["unhandled exception during asyncio.run() shutdown"])
    #expect(said.lines(.stderr).isEmpty)
  }

  @Test func `a callback that throws stops nothing`() {
    let run = Run {
      runningLoop().callSoon("broken") { throw ValueError("in callback") }
      runningLoop().callSoon("next") { print("next") }
      try await sleep(1)
    }
    #expect(run.output == ["next"])
    #expect(run.errors == ["Exception in callback broken()", "ValueError: in callback"])
  }

  @Test func `a task that is pending when its loop is closed is reported`() throws {
    let said = Said()
    let loop = EventLoop(clock: .virtual, echo: said.hear)
    try loop.runUntilComplete(
      Coroutine("main()") {
        createTask(Coroutine("late()") { try await sleep(10) })
        try await sleep(0)
      })
    #expect(said.lines(.stderr).isEmpty)
    loop.close()
    let lines = said.lines(.stderr)
    #expect(lines.first == "Task was destroyed but it is pending!")
    #expect(
      lines.last?.hasPrefix("task: <Task pending name='Task-2' coro=<late() running at") == true)
    #expect(lines.last?.hasSuffix("wait_for=<Future pending>>") == true)
  }

  @Test func `debug mode warns of callbacks that take long`() {
    let run = Run(configure: { $0.setDebug(true) }) {
      timeSleep(0.05)
      try await sleep(0)
      timeSleep(0.25)
      try await sleep(0)
      runningLoop().slowCallbackDuration = 1
      timeSleep(0.5)
    }
    #expect(run.errors.count == 1)
    #expect(run.errors[0].hasPrefix("Executing <Task pending name='Task-1' coro=<main()"))
    #expect(run.errors[0].hasSuffix("took 0.250 seconds"))
  }

  @Test func `a task is written as Python writes it`() {
    let run = Run {
      let task = createTask(Coroutine("nap(1)") { try await sleep(1) }, name: "sleepy")
      print(task.repr.contains("<Task pending name='sleepy' coro=<nap() running at"))
      try await sleep(0)
      print(task.repr.hasSuffix("wait_for=<Future pending>>"))
      task.cancel()
      print(task.repr.hasPrefix("<Task cancelling"))
      _ = await thrown { try await task() }
      print(task.repr.hasPrefix("<Task cancelled name='sleepy' coro=<nap() done, defined at"))
    }
    #expect(run.output == ["True", "True", "True", "True"])
  }
}
