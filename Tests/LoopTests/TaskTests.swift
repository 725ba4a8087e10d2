import Testing
import Trace

@testable import Loop

struct TaskTests {
  private static func speak(_ text: String) -> Coroutine<Void> {
    Coroutine("speak()") { print(text) }
  }

  @Test func `a task's first step is scheduled, not run`() {
    let run = Run {
      createTask(Self.speak("task"))
      print("main")
      try await sleep(0)
      print("main again")
    }
    #expect(run.output == ["main", "task", "main again"])
  }

  @Test func `awaiting a task that is done does not suspend`() {
    let run = Run {
      let task = createTask(Self.speak("done"))
      try await sleep(0)
      runningLoop().callSoon { print("next tick") }
      try await task()
      print("at once")
    }
    #expect(run.output == ["done", "at once", "next tick"])
  }

  @Test func `awaiting a task that is not done costs a wakeup`() {
    let run = Run { try await createTask(Self.speak("x"))() }
    #expect(run.ran == [.step, .step, .wakeup])
  }

  @Test func `tasks are named in the order of their creation`() {
    let run = Run {
      let one = createTask(Self.speak("1"))
      let two = createTask(Self.speak("2"), name: "walker")
      let three = createTask(Self.speak("3"))
      print(one.name, two.name, three.name)
      try await sleep(0)
    }
    #expect(run.output[0] == "Task-2 walker Task-3")
  }

  @Test func `a task can be named again`() {
    let run = Run {
      let task = createTask(Self.speak("1"))
      task.name = "walker"
      currentTask()?.name = "boss"
      print(allTasks().map(\.name), createTask(Self.speak("2")).name)
      try await sleep(0)
    }
    #expect(run.output[0] == "['boss', 'walker'] Task-3")
    let names = run.facts.compactMap { fact in
      guard case .taskRenamed(_, let name, by: LaneID(1)) = fact else { return String?.none }
      return run.batch.texts[Int(name.rawValue) - 1]
    }
    #expect(names == ["walker", "boss"])
  }

  @Test func `tasks and futures are shown as Python shows them`() {
    let run = Run {
      let future = Future<Int>()
      let task = createTask(Coroutine("add()") { try await future() + 1 }, name: "adder")
      try await sleep(0)
      print(future, task)
      try future.setResult(1)
      _ = try await task()
      print([future])
      print(task)
    }
    #expect(
      run.output[0].hasPrefix("<Future pending> <Task pending name='adder' coro=<add() running"))
    #expect(run.output[0].hasSuffix("wait_for=<Future pending>>"))
    #expect(run.output[1] == "[<Future finished result=1>]")
    #expect(run.output[2].hasPrefix("<Task finished name='adder' coro=<add() done, defined at"))
    #expect(run.output[2].hasSuffix("result=2>"))
  }

  @Test(arguments: [13, 14])
  func `a loop's own task starts at once only while it runs`(minor: Int) throws {
    let loop = EventLoop(clock: .virtual, profile: .python3(minor), echo: nil)
    defer { loop.close() }
    let early = Result { try loop.createTask(Coroutine("early()") { 1 }, eagerStart: true) }
    if minor < 14 {
      let refusal = TypeError("create_task() got an unexpected keyword argument 'eager_start'")
      #expect(throws: refusal) { try early.get() }
      return
    }
    #expect(try !early.get().isDone)
    let isDone = try loop.runUntilComplete(
      Coroutine("main()") {
        try loop.createTask(Coroutine("quick()") { 2 }, name: "quick", eagerStart: true).isDone
      })
    #expect(isDone)
    #expect(try early.get().result() == 1)
  }

  @Test func `a task gives its result to everyone who awaits it`() {
    let run = Run {
      let task = createTask(Coroutine("one()") { 1 })
      print(try await task(), try await task(), try task.result())
    }
    #expect(run.output == ["1 1 1"])
  }

  @Test func `a task that awaits itself is told so`() {
    let run = Run {
      var task: LoopTask<Void>?
      task = createTask(Coroutine("loopy()") { try await task?() })
      let error = await thrown { try await task?() }
      print(error.prefix(42))
      task = nil
    }
    #expect(run.output == ["RuntimeError: Task cannot await on itself:"])
  }

  @Test func `a future of another loop is refused`() {
    let other = EventLoop(clock: .virtual, echo: nil)
    let foreign = CurrentLoop.entered(other) { Future<Void>() }
    let run = Run { print(await thrown { try await foreign() }) }
    #expect(run.output.count == 1)
    #expect(run.output[0].hasSuffix("attached to a different loop"))
    other.close()
  }

  @Test func `a result that is not set, or set twice, is refused`() {
    let run = Run {
      let future = Future<Int>()
      print(await thrown { _ = try future.result() })
      print(await thrown { _ = try future.exception() })
      try future.setResult(1)
      print(await thrown { try future.setResult(2) })
      print(await thrown { try future.setException(ValueError("late")) })
      print(try await future())
    }
    #expect(
      run.output == [
        "InvalidStateError: Result is not set.", "InvalidStateError: Exception is not set.",
        "InvalidStateError: invalid state", "InvalidStateError: invalid state", "1",
      ])
  }

  @Test func `done callbacks run in order, each as a handle of its own`() {
    let run = Run {
      let future = Future<Int>()
      future.addDoneCallback("first") { _ in print("first") }
      future.addDoneCallback("second") { _ in print("second") }
      try future.setResult(1)
      print("set")
      try await sleep(0)
      future.addDoneCallback("late") { _ in print("late") }
      print("main")
      try await sleep(0)
    }
    #expect(run.output == ["set", "first", "second", "main", "late"])
  }

  @Test func `a waiter is woken because its future was resolved`() throws {
    let run = Run {
      let future = Future<Int>()
      runningLoop().callSoon("set") { try? future.setResult(7) }
      print(try await future())
    }
    let causes = run.facts.compactMap { fact -> Cause? in
      if case .handleScheduled(_, let callback, let cause) = fact, callback.kind == .wakeup {
        cause
      } else {
        nil
      }
    }
    #expect(causes == [Cause(.futureResolved, FutureID(2))])
  }
}
