import Testing
import Trace

@testable import Loop

/// Coroutines that a loop runs for other threads.
struct ConcurrentFutureTests {
  private static func add(_ a: Int, _ b: Int) -> Coroutine<Int> {
    Coroutine("add(\(a), \(b))") {
      try await sleep(1)
      guard b > 0 else { throw ValueError("nothing to add") }
      return a + b
    }
  }

  private static func answer() -> Coroutine<Int> { Coroutine("answer()") { 42 } }

  private static func fail() -> Coroutine<Void> {
    Coroutine("fail()") { throw ValueError("no") }
  }

  private static func never() -> Coroutine<Void> {
    Coroutine("never()") { try await sleep(1_000) }
  }

  private static func stubborn() -> Coroutine<Void> {
    Coroutine("stubborn()") {
      do { try await sleep(10) } catch { print("\(error)", runningLoop().time / 1_000_000) }
    }
  }

  /// A program whose threads wait for what the loop does.
  private static func threads() -> Run {
    Run {
      let remote = runningLoop().remote
      let loop = runningLoop()
      let work = (1...3).map { number in
        Coroutine("work(\(number))") {
          let sum = try await toThread("work") {
            timeSleep(Double(number % 2))
            let first = try remote.runCoroutineThreadsafe { add(number, 1) }.result()
            print("thread", number, first)
            timeSleep(0.5)
            return try remote.runCoroutineThreadsafe { add(first, 10) }.result()
          }
          print(number, sum, loop.time / 1_000_000)
        }
      }
      _ = try await gather(work)()
    }
  }

  @Test func `on a virtual clock a thread that waits for the loop takes the loop's time`() {
    #expect(
      Self.threads().output == [
        "thread 2 3", "thread 1 2", "thread 3 4", "2 13 2500", "1 12 3500", "3 14 3500",
      ])
  }

  @Test func `ten runs whose threads wait for the loop give one trace`() {
    let first = Self.threads().batch
    for _ in 1..<10 { #expect(Self.threads().batch == first) }
  }

  @Test(arguments: [RunHeader.Clock.virtual, .real])
  func `errors and cancellations reach the thread`(clock: RunHeader.Clock) {
    let run = Run(clock: clock) {
      let remote = runningLoop().remote
      let work = Coroutine("work()") {
        try await toThread { try remote.runCoroutineThreadsafe { Self.fail() }.result() }
      }
      print(await thrown { try await work() })
      let late = createTask(
        Coroutine("late()") {
          try await toThread {
            try remote.runCoroutineThreadsafe { Self.never() }.result()
          }
        })
      while allTasks().count < 3 { try await sleep(0.001) }
      allTasks().last?.cancel()
      print(await thrown { try await late() })
    }
    #expect(run.output == ["ValueError: no", "CancelledError"])
    #expect(run.failure == nil)
  }

  @Test func `a thread cancels what it has the loop do`() {
    let run = Run {
      let remote = runningLoop().remote
      let outcome = try await toThread {
        let future = remote.runCoroutineThreadsafe { Self.stubborn() }
        timeSleep(1)
        let asked = [future.cancel(), future.cancel(), future.isDone, future.isCancelled]
        timeSleep(1)
        return asked
      }
      print(outcome)
    }
    #expect(run.output == ["CancelledError 1000", "[True, True, True, True]"])
  }

  @Test func `a thread of a pool that waits takes up no place in it`() {
    let run = Run(configure: { $0.setDefaultExecutor(ThreadPoolExecutor(maxWorkers: 1)) }) {
      print(try await toThread { [remote = runningLoop().remote] in try nested(3, remote) })
    }
    @Sendable func nested(_ depth: Int, _ remote: EventLoop.Remote) throws -> Int {
      guard depth > 0 else { return 0 }
      return try remote.runCoroutineThreadsafe {
        Coroutine("nested(\(depth))") { try await toThread { try nested(depth - 1, remote) + 1 } }
      }.result()
    }
    #expect(run.output == ["3"])
  }

  @Test func `where only threads are left that wait for the loop, nothing can happen any more`() {
    let run = Run {
      let loop = runningLoop()
      let never = loop.createFuture(of: Void.self)
      let id = never.id
      loop.remoteFutures[id] = never
      try await toThread { [remote = loop.workRemote] in
        try remote.runCoroutineThreadsafe {
          Coroutine("waits()") {
            try await (CurrentLoop.loop?.remoteFutures[id] as? Future<Void>)?()
          }
        }.result()
      }
    }
    #expect(run.failure is DeadlockError)
  }

  @Test func `the loop's own thread is refused`() {
    let run = Run {
      let future = runningLoop().remote.runCoroutineThreadsafe { Self.add(1, 2) }
      print(await thrown { _ = try future.result() })
      try await sleep(2)
      print(try future.result())
    }
    #expect(
      run.output
        == ["RuntimeError: the loop's thread cannot wait for what the loop is to do", "3"])
  }

  @Test func `what a closed loop was to do is over`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    let remote = loop.remote
    let begun = remote.runCoroutineThreadsafe { Self.add(1, 2) }
    loop.callLater(0.5) { loop.stop() }
    try loop.runForever()
    let waiting = remote.runCoroutineThreadsafe { Self.add(1, 2) }
    loop.close()
    for future in [begun, waiting, remote.runCoroutineThreadsafe { Self.add(1, 2) }] {
      #expect(throws: RuntimeError("Event loop is closed")) { try future.result() }
    }
  }

  @Test func `Swift's own concurrency awaits it, and cancels it`() async {
    let pool = ThreadPoolExecutor(maxWorkers: 1)
    defer { pool.shutdown(wait: false) }
    // A loop that takes a thread of Swift's pool may leave none to what it waits for.
    let output = await withCheckedContinuation { continuation in
      _ = pool.submit { continuation.resume(returning: Self.outsiders().output) }
    }
    #expect(output == ["42", "CancelledError", "True"])
  }

  private static func outsiders() -> Run {
    Run(clock: .real) {
      let remote = runningLoop().remote
      let sum = Task.detached { try? await remote.runCoroutineThreadsafe { answer() }.value }
      print(await sum.value ?? 0)
      let outside = Task.detached {
        do {
          try await remote.runCoroutineThreadsafe { never() }.value
        } catch {
          return "\(error)"
        }
        return "nothing"
      }
      while allTasks().count < 2 { try await sleep(0.001) }
      let inside = allTasks()[1]
      outside.cancel()
      print(await outside.value)
      while !inside.isDone { try await sleep(0.001) }
      print(inside.isCancelled)
    }
  }
}
