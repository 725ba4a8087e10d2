import Testing
import Trace

@testable import Loop

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Work on other threads.
struct ExecutorTests {
  @Test(arguments: [RunHeader.Clock.virtual, .real])
  func `a function runs on another thread and its result comes back`(clock: RunHeader.Clock) {
    let run = Run(clock: clock) {
      let here = UInt(bitPattern: pthread_self().hashValue)
      let isElsewhere = try await toThread { UInt(bitPattern: pthread_self().hashValue) != here }
      print(isElsewhere, pthread_self().hashValue == Int(bitPattern: here))
      print(await thrown { try await toThread { throw ValueError("there") } })
    }
    #expect(run.output == ["True True", "ValueError: there"])
    #expect(run.failure == nil)
  }

  @Test func `on a virtual clock threads take the time that they sleep`() {
    let run = Run {
      let naps = [3, 1, 2].map { seconds in
        Coroutine("nap(\(seconds))") {
          try await toThread { timeSleep(Double(seconds)) }
          print(seconds, runningLoop().time)
        }
      }
      _ = try await gather(naps)()
    }
    #expect(run.output == ["1 1000000000", "2 2000000000", "3 3000000000"])
    #expect(run.seconds == 3)
  }

  @Test func `ten runs with threads give one trace`() {
    func batch() -> Batch {
      Run {
        let work = (1...5).map { number in
          Coroutine("work(\(number))") {
            try await toThread("work") {
              print("thread", number)
              timeSleep(Double(number % 2))
            }
            try await sleep(0.5)
            print(number)
          }
        }
        _ = try await gather(work)()
      }.batch
    }
    let first = batch()
    for _ in 1..<10 { #expect(batch() == first) }
  }

  @Test func `a pool of one thread does one thing after the other`() {
    let run = Run {
      let pool = ThreadPoolExecutor(maxWorkers: 1)
      let loop = runningLoop()
      let futures = try (1...3).map { number in
        try loop.runInExecutor(pool) { number * number }
      }
      print(try await gather(futures)())
      pool.shutdown()
      print(await thrown { _ = try loop.runInExecutor(pool) { 0 } })
    }
    #expect(
      run.output
        == ["[1, 4, 9]", "RuntimeError: cannot schedule new futures after shutdown"])
  }

  @Test func `blocking the loop moves the clock inside a step`() {
    let run = Run {
      createTask(
        Coroutine("tick()") {
          try await sleep(1)
          print("tick", runningLoop().time)
        })
      try await sleep(0)
      timeSleep(5)
      print("main", runningLoop().time)
      try await sleep(0)
      try await sleep(0)
      try await sleep(0)
    }
    #expect(run.output == ["main 5000000000", "tick 5000000000"])
    #expect(run.jumps == 0)
  }

  @Test func `another thread calls the loop and wakes it`() throws {
    let loop = EventLoop(clock: .real, echo: nil)
    defer { loop.close() }
    let pool = ThreadPoolExecutor(maxWorkers: 1)
    let answer = try loop.runUntilComplete(
      Coroutine("main()") {
        let future = Future<Int>()
        let remote = future.remote
        _ = pool.submit { remote.setResult(42) }
        return try await future()
      })
    #expect(answer == 42)
    pool.shutdown()
  }

  @Test func `to_thread came with 3_9`() {
    let run = Run(.python3(8)) { try await toThread {} }
    #expect(
      "\(run.failure, default: "")"
        == "AttributeError: module 'asyncio' has no attribute 'to_thread'")
  }
}
