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
