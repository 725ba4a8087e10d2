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

  @Test(arguments: 7...15)
  func `run takes what is no coroutine from 3_14 on`(minor: Int) async {
    let said = Said()
    let error = await thrown {
      let numbers = try Loop.run(
        gather([Coroutine("one()") { 1 }, Coroutine("two()") { 2 }]), clock: .virtual,
        profile: .python3(minor), echo: said.hear)
      #expect(numbers == [1, 2])
    }
    #expect(
      error
        == (minor >= 14
          ? "nothing" : "ValueError: a coroutine was expected, got <Future pending>"))
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

  @Test(arguments: [7, 13, 14, 15])
  func `create_task can be told to start at once from 3_14 on`(minor: Int) {
    let run = Run(.python3(minor)) {
      print(
        await thrown {
          let speak = Coroutine("speak()") { print(currentTask()?.name ?? "none") }
          let task = try createTask(speak, name: "worker", eagerStart: true)
          print(task.isDone)
        })
      if minor >= 11 {
        try await taskGroup { group in
          print(
            await thrown {
              try group.createTask(Coroutine("member()") { print("member") }, eagerStart: true)
            })
        }
      }
    }
    func refusal(_ function: String) -> String {
      "TypeError: \(function)() got an unexpected keyword argument 'eager_start'"
    }
    let refused = [refusal("create_task"), refusal("TaskGroup.create_task")]
    #expect(
      run.output
        == (minor >= 14
          ? ["worker", "True", "nothing", "member", "nothing"]
          : Array(refused.prefix(minor >= 11 ? 2 : 1))))
  }

  @Test(arguments: [12, 13, 14, 15])
  func `a task factory is told of the name from 3_14 on`(minor: Int) {
    let run = Run(.python3(minor)) {
      try runningLoop().setTaskFactory(.eager)
      let speak = Coroutine("speak()") { print(currentTask()?.name ?? "none") }
      print(createTask(speak, name: "worker").name)
      if minor >= 14 {
        let late = try createTask(Coroutine("late()") { print("late") }, eagerStart: false)
        print(late.name)
        try await late()
      }
    }
    #expect(
      run.output
        == (minor >= 14
          ? ["worker", "worker", "Task-2", "late"] : ["Task-2", "worker"]))
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

  @Test func `an argument of the main coroutine may throw, and the run ended with that`() throws {
    func main(_ permits: Semaphore) -> Coroutine<Bool> {
      Coroutine("main()") { permits.locked }
    }
    let error = ValueError("Semaphore initial value must be >= 0")
    #expect(try run(main(Semaphore(0)), clock: .virtual))
    let loop = EventLoop(clock: .virtual)
    #expect(try !loop.runUntilComplete(main(Semaphore(1))))
    #expect(throws: error) { try loop.runUntilComplete(main(Semaphore(-1))) }
    #expect(!loop.isRunning)
    let recorder = Recorder()
    #expect(throws: error) {
      try run(main(Semaphore(-1)), clock: .virtual, recordedBy: recorder)
    }
    let batch = recorder.drain()
    guard case .runEnded(let text) = batch.events.last?.fact else {
      Issue.record("the recording has no end")
      return
    }
    #expect(([""] + batch.texts)[Int(text.rawValue)] == error.description)
  }
}
