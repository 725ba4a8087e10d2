import Testing
import Trace

@testable import Loop

/// What is expected is what CPython 3.13 does.
struct RunForeverTests {
  @Test func `a loop that is stopped ends with its tick`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    defer { loop.close() }
    var said = ""
    loop.callSoon {
      said += "a"
      loop.callSoon { said += "c" }
    }
    loop.callSoon { said += "b" }
    loop.stop()
    try loop.runForever()
    #expect(said == "ab")
    loop.callSoon {
      said += "d"
      loop.stop()
      loop.callSoon { said += "f" }
    }
    loop.callSoon { said += "e" }
    try loop.runForever()
    #expect(said == "abcde")
    for _ in 1...2 {
      loop.stop()
      try loop.runForever()
    }
    #expect(said == "abcdef")
    #expect(loop.time == 0)
  }

  @Test func `a stop before the run lets one tick run`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    defer { loop.close() }
    var said = ""
    let task = loop.createTask(
      Coroutine("main()") {
        said += "main"
        try await sleep(0)
        said += " goes on"
      })
    loop.stop()
    #expect(throws: RuntimeError("Event loop stopped before Future completed.")) {
      try loop.runUntilComplete(task)
    }
    #expect(said == "main")
    try loop.runUntilComplete(task)
    #expect(said == "main goes on")
  }

  @Test func `a timer stops it when it is due`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    let task = loop.createTask(Coroutine("late()") { try await sleep(10) }, name: "late")
    loop.callLater(3) { loop.stop() }
    try loop.runForever()
    #expect(loop.time == 3_000_000_000)
    #expect(!task.isDone)
    #expect(task.name == "late")
    #expect(!loop.isRunning && !loop.isClosed)
    loop.close()
    #expect(loop.isClosed)
    #expect(throws: RuntimeError("Event loop is closed")) { try loop.runForever() }
  }

  @Test func `what ends the program ends it`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    defer { loop.close() }
    var said = ""
    loop.callSoon { throw KeyboardInterrupt("enough") }
    loop.callSoon { said += "later" }
    #expect(throws: KeyboardInterrupt("enough")) { try loop.runForever() }
    #expect(said.isEmpty)
    loop.stop()
    try loop.runForever()
    #expect(said == "later")
  }

  @Test func `where nothing can happen any more it says so`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    defer { loop.close() }
    let idle = #expect(throws: DeadlockError.self) { try loop.runForever() }
    #expect(idle?.message == "nothing is ready and no timer is left: nobody stops the loop")
    let future: Future<Int> = loop.createFuture()
    loop.createTask(Coroutine("main()") { _ = try await future() })
    let waiting = #expect(throws: DeadlockError.self) { try loop.runForever() }
    #expect(waiting?.message.contains("main() waits for a future that nobody resolves") == true)
  }

  @Test func `a recording of a loop ends when the loop is closed, and once`() throws {
    let recorder = Recorder()
    let loop = EventLoop(clock: .virtual, recordedBy: recorder, echo: nil)
    for _ in 1...2 { try loop.runUntilComplete(Coroutine("main()") { try await sleep(1) }) }
    #expect(throws: ValueError("bad")) {
      try loop.runUntilComplete(Coroutine("main()") { throw ValueError("bad") })
    }
    loop.close()
    let batch = recorder.drain()
    let ends = batch.events.filter { if case .runEnded = $0.fact { true } else { false } }
    #expect(ends.count == 1)
    #expect(ends.last == batch.events.last)
    guard case .runEnded(let text) = ends.last?.fact else { return }
    #expect(batch.texts[Int(text.rawValue) - 1] == "ValueError: bad")
  }
}
