import Testing
import Trace

@testable import Loop

/// What is expected is what CPython does.
struct RunnerTests {
  private static func say(_ text: String) -> Coroutine<String> {
    Coroutine("say()") {
      print(text)
      return text
    }
  }

  @Test func `several runs share a loop, and what one leaves goes on in the next`() throws {
    let said = Said()
    let seconds = try withRunner(clock: .virtual, echo: said.hear) { runner in
      try runner.run(
        Coroutine("first()") {
          createTask(
            Coroutine("left()") {
              for _ in 1...3 {
                try await sleep(1)
                print("left", currentTask()?.name ?? "none")
              }
              try await sleep(100)
            })
          try await sleep(1.5)
        })
      #expect(allTasks(try runner.getLoop()).map(\.name) == ["Task-2"])
      #expect(try runner.run(Self.say("second")) == "second")
      try runner.run(Coroutine("third()") { try await sleep(1) })
      return try runner.getLoop().time / 1_000_000
    }
    #expect(seconds == 2_500)
    #expect(said.lines(.stdout) == ["left Task-2", "second", "left Task-2"])
    #expect(said.lines(.stderr).isEmpty)
  }

  @Test func `it ends as run does, and then refuses`() throws {
    let said = Said()
    let runner = try Runner(clock: .virtual, echo: said.hear)
    let loop = try runner.getLoop()
    #expect(throws: ValueError("bad")) {
      try runner.run(
        Coroutine("main()") {
          createTask(
            Coroutine("left()") {
              do { try await sleep(100) } catch is CancelledError { print("cancelled") }
            })
          try await sleep(0)
          throw ValueError("bad")
        })
    }
    try runner.close()
    #expect(loop.isClosed)
    #expect(said.lines(.stdout) == ["cancelled"])
    try runner.close()
    #expect(throws: RuntimeError("Runner is closed")) { try runner.getLoop() }
    #expect(throws: RuntimeError("Runner is closed")) { try runner.run(Self.say("late")) }
  }

  @Test func `inside a running loop it is refused`() {
    let run = Run {
      let runner = try Runner(clock: .virtual, echo: nil)
      print(await thrown { try runner.run(Self.say("inner")) })
      print(await thrown { try runner.close() })
    }
    #expect(
      run.output == [
        "RuntimeError: Runner.run() cannot be called from a running event loop",
        "RuntimeError: Cannot run the event loop while another loop is running",
      ])
  }

  @Test func `there is none before 3_11`() {
    #expect(throws: AttributeError("module 'asyncio' has no attribute 'Runner'")) {
      try withRunner(profile: .python3(10)) { _ in }
    }
  }

  @Test(arguments: [(7, 3), (8, 3), (9, 5), (11, 5), (15, 5)])
  func `what is ready at the end has the last ticks of asyncio_run`(minor: Int, last: Int) throws {
    // chain(n): loop.call_soon(chain, n + 1), which the main coroutine calls first
    final class Chain {
      var length = 0
      func call() {
        length += 1
        EventLoop.running?.callSoon { [self] in call() }
      }
    }
    let chain = Chain()
    try Loop.run(
      Coroutine("main()") { try getRunningLoop().callSoon { chain.call() } }, clock: .virtual,
      profile: .python3(minor), echo: nil)
    #expect(chain.length == last)
  }

  @Test func `a recording ends with what the last run ended with`() throws {
    let recorder = Recorder()
    #expect(throws: ValueError("bad")) {
      try Loop.run(
        Coroutine("main()") {
          createTask(Coroutine("left()") { try await sleep(100) })
          throw ValueError("bad")
        }, clock: .virtual, recordedBy: recorder, echo: nil)
    }
    let batch = recorder.drain()
    guard case .runEnded(let text) = batch.events.last?.fact else {
      Issue.record("the recording does not end")
      return
    }
    #expect(batch.texts[Int(text.rawValue) - 1] == "ValueError: bad")
  }
}
