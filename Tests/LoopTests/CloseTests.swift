import Testing
import Trace

@testable import Loop

struct CloseTests {
  private final class Cargo {}

  @Test func `close unwinds coroutines that wait, and frees what they hold`() throws {
    weak var held: Cargo?
    var unwound = 0
    let loop = EventLoop(clock: .virtual, echo: nil)
    try loop.runUntilComplete(
      Coroutine("main()") {
        let cargo = Cargo()
        held = cargo
        for kind in 0..<3 {
          createTask(
            Coroutine("stuck(\(kind))") {
              defer {
                unwound += 1
                withExtendedLifetime(cargo) {}
              }
              if kind == 0 { try await sleep(100) }
              if kind == 1 { try await Future<Void>()() }
              if kind == 2 { try await Coroutine("inner()") { try await sleep(50) }() }
            })
        }
        try await sleep(1)
      })
    #expect(held != nil)
    #expect(unwound == 0)
    loop.close()
    #expect(unwound == 3)
    #expect(held == nil)
  }

  @Test func `close frees a task that never took its first step`() {
    weak var held: Cargo?
    let loop = EventLoop(clock: .virtual, echo: nil)
    CurrentLoop.entered(loop) {
      let cargo = Cargo()
      held = cargo
      createTask(Coroutine("unborn()") { withExtendedLifetime(cargo) {} })
    }
    #expect(held != nil)
    loop.close()
    #expect(held == nil)
  }

  @Test func `a coroutine that will not leave is left behind`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    var refusals = 0
    try loop.runUntilComplete(
      Coroutine("main()") {
        createTask(
          Coroutine("stubborn()") {
            while true {
              do { try await sleep(1) } catch { refusals += 1 }
            }
          })
        try await sleep(0)
      })
    loop.close()
    #expect(refusals == 4)
  }

  @Test func `a closed loop is freed with its futures and timers`() throws {
    weak var freed: EventLoop?
    do {
      let loop = EventLoop(clock: .virtual, echo: nil)
      freed = loop
      try loop.runUntilComplete(
        Coroutine("main()") {
          createTask(Coroutine("late()") { try await sleep(100) })
          runningLoop().callLater(50) {}
          runningLoop().callSoon {}
          _ = try await gather(Coroutine("a()") { 1 }, Coroutine("b()") { 2 })()
          try await sleep(1)
        })
      loop.close()
    }
    #expect(freed == nil)
  }

  @Test func `a closed loop runs nothing more`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    loop.close()
    loop.close()
    #expect(throws: RuntimeError("Event loop is closed")) {
      try loop.runUntilComplete(Coroutine("late()") {})
    }
  }
}
