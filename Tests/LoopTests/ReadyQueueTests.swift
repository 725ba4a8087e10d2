import Testing
import Trace

@testable import Loop

struct ReadyQueueTests {
  @Test func `handles run in the order in which they were scheduled`() {
    let run = Run {
      let loop = runningLoop()
      for number in 1...5 { loop.callSoon("say") { print(number) } }
      try await sleep(0)
    }
    #expect(run.output == ["1", "2", "3", "4", "5"])
  }

  @Test func `what a handle schedules waits for the next tick`() {
    let run = Run {
      let loop = runningLoop()
      loop.callSoon {
        print("a")
        loop.callSoon { print("c") }
      }
      loop.callSoon { print("b") }
      try await sleep(0)
      print("main")
      try await sleep(0)
    }
    #expect(run.output == ["a", "b", "main", "c"])
  }

  @Test func `one step runs one handle`() throws {
    let recorder = Recorder()
    let loop = EventLoop(
      clock: .virtual, profile: .latest, seed: 0, recorder: recorder, echo: nil)
    var said: [Int] = []
    for number in 1...3 { loop.callSoon { said.append(number) } }
    for count in 1...3 {
      #expect(loop.runHandle() == .ran)
      #expect(said == Array(1...count))
    }
    #expect(loop.runHandle() == .exhausted)
    let began = recorder.drain().events.count {
      if case .handleBegan = $0.fact { true } else { false }
    }
    #expect(began == 3)
  }

  @Test func `a cancelled handle is passed over and counts as no step`() {
    let run = Run {
      let loop = runningLoop()
      let first = loop.callSoon("first") { print("first") }
      loop.callSoon("second") { print("second") }
      first.cancel()
      print(first.isCancelled)
      try await sleep(0)
    }
    #expect(run.output == ["True", "second"])
    #expect(run.handles == 4)
  }

  @Test func `a handle that has run can be cancelled, which undoes nothing`() {
    let run = Run {
      let loop = runningLoop()
      let handle = loop.callSoon { print("ran") }
      try await sleep(0)
      handle.cancel()
      print(handle.isCancelled)
    }
    #expect(run.output == ["ran", "True"])
  }

  @Test func `a loop that was stopped ends with its tick`() {
    let run = Run {
      let loop = runningLoop()
      loop.callSoon { loop.stop() }
      loop.callSoon { print("same tick") }
      try await sleep(0)
      print("same tick too")
      try await sleep(0)
      print("never")
    }
    #expect(run.output == ["same tick", "same tick too"])
    #expect(
      "\(run.failure, default: "")" == "RuntimeError: Event loop stopped before Future completed.")
  }

  @Test func `a main task of an earlier run does not stop a later one`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    defer { loop.close() }
    #expect(throws: RuntimeError.self) {
      try loop.runUntilComplete(
        Coroutine("first()") {
          loop.stop()
          try await sleep(1)
        })
    }
    let answer = try loop.runUntilComplete(
      Coroutine("second()") {
        try await sleep(2)
        return 42
      })
    #expect(answer == 42)
  }

  @Test func `a loop cannot run inside itself`() {
    let run = Run {
      print(await thrown { try runningLoop().runUntilComplete(Coroutine("inner()") {}) })
    }
    #expect(run.output == ["RuntimeError: This event loop is already running"])
  }

  @Test func `a loop cannot run inside another`() {
    let run = Run {
      let other = EventLoop(clock: .virtual)
      print(await thrown { try other.runUntilComplete(Coroutine("inner()") {}) })
      other.close()
    }
    #expect(
      run.output == ["RuntimeError: Cannot run the event loop while another loop is running"])
  }
}
