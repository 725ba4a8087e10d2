import Testing
import Trace

@testable import Loop

/// Swift tasks that run one coroutine after the other.
struct CarrierTests {
  @Test
  func `coroutines that end take turns on one Swift task, and those that wait have their own`() {
    let run = Run {
      for _ in 0..<10 {
        try await createTask(Coroutine("short()") { print("short", identity()) })()
      }
      let waiting = (0..<3).map { _ in
        Coroutine("waiting()") {
          print("waiting", identity())
          try await sleep(1)
        }
      }
      _ = try await gather(waiting)()
    }
    #expect(Set(run.output.filter { $0.hasPrefix("short") }).count == 1)
    #expect(Set(run.output.filter { $0.hasPrefix("waiting") }).count == 3)
  }

  @Test func `a coroutine that cancels its Swift task leaves the next one alone`() {
    let run = Run {
      let rash = Coroutine("rash()") {
        withUnsafeCurrentTask { $0?.cancel() }
        print(Task.isCancelled)
      }
      try await createTask(rash)()
      try await createTask(Coroutine("next()") { print(Task.isCancelled) })()
    }
    #expect(run.output == ["True", "False"])
  }

  @Test func `a carrier lets its coroutine go, and goes with its loop`() throws {
    final class Thing {}
    weak var thing: Thing?
    weak var executor: LoopExecutor?
    do {
      let loop = EventLoop(clock: .virtual)
      executor = loop.executor
      func use() -> Coroutine<Void> {
        let held = Thing()
        thing = held
        return Coroutine("use()") { _ = held }
      }
      try loop.runUntilComplete(use())
      #expect(thing == nil)
      #expect(executor != nil)
    }
    #expect(executor == nil)
  }

  @Test func `a burst of coroutines is not remembered`() throws {
    let loop = EventLoop(clock: .virtual)
    func nap() -> Coroutine<Void> { Coroutine("nap()") { try await sleep(1) } }
    func main() -> Coroutine<Void> {
      Coroutine("main()") { _ = try await gather((0..<1_000).map { _ in nap() })() }
    }
    try loop.runUntilComplete(main())
    #expect((1...64).contains(loop.executor.idleCarrierCount))
    loop.close()
    #expect(loop.executor.idleCarrierCount == 0)
  }

  private func identity() -> Int { withUnsafeCurrentTask { $0.hashValue } }
}
