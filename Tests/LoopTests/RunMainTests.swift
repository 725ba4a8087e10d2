import Testing
import Trace

@testable import Loop

struct RunMainTests {
  @Test func `run gives the result of the main coroutine`() throws {
    #expect(try Loop.run(Coroutine("main()") { 42 }, clock: .virtual) == 42)
  }

  @Test func `run cancels what is left, and waits for it`() throws {
    let said = Said()
    try Loop.run(
      Coroutine("main()") {
        for number in 1...2 {
          createTask(
            Coroutine("late(\(number))") {
              do { try await sleep(100) } catch is CancelledError {
                print("cancelled", number)
                try await sleep(1)
                print("tidied up", number)
              }
            })
        }
        try await sleep(1)
        print("main is done")
      }, clock: .virtual, echo: said.hear)
    #expect(
      said.lines(.stdout)
        == ["main is done", "cancelled 1", "cancelled 2", "tidied up 1", "tidied up 2"])
    #expect(said.lines(.stderr).isEmpty)
  }

  @Test func `run reports what tasks throw when they are cancelled`() throws {
    let said = Said()
    try Loop.run(
      Coroutine("main()") {
        createTask(
          Coroutine("late()") {
            do { try await sleep(100) } catch { throw ValueError("on the way out") }
          })
        try await sleep(1)
      }, clock: .virtual, echo: said.hear)
    #expect(
      said.lines(.stderr).first == "unhandled exception during asyncio.run() shutdown")
  }

  @Test func `run inside a running loop is refused`() {
    let run = Run { print(await thrown { try Loop.run(Coroutine("inner()") {}) }) }
    #expect(
      run.output == ["RuntimeError: asyncio.run() cannot be called from a running event loop"])
    #expect(run.errors.isEmpty)
  }

  @Test func `the running task and all tasks are known`() {
    let run = Run {
      let task = createTask(Coroutine("child()") { print(currentTask()?.name ?? "none") })
      runningLoop().callSoon { print(currentTask()?.name ?? "none") }
      print(currentTask()?.name ?? "none", allTasks().map(\.name))
      try await task()
      try await sleep(0)
      print(allTasks().map(\.anyCoroutine.name))
    }
    #expect(run.output == ["Task-1 ['Task-1', 'Task-2']", "Task-2", "none", "['main()']"])
  }

  @Test(arguments: Profile.supported)
  func `eager tasks run inside their creation from 3_12 on`(profile: Profile) {
    let run = Run(profile) {
      let quick = LoopTask(Coroutine("quick()") { print("quick") }, eagerStart: true)
      print("made", quick.isDone)
      let slow = LoopTask(
        Coroutine("slow()") {
          print("slow", currentTask()?.name ?? "none")
          try await sleep(1)
          print("slow again")
        }, eagerStart: true)
      print("made", slow.isDone, currentTask()?.name ?? "none")
      try await slow()
    }
    let eager = ["quick", "made True", "slow Task-3", "made False Task-1", "slow again"]
    let lazy = ["made False", "made False Task-1", "quick", "slow Task-3", "slow again"]
    #expect(run.output == (profile >= .python3(12) ? eager : lazy))
  }
}
