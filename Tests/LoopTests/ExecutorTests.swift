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

  @Test func `what a thread does comes at its own time, and before timers of that moment`() {
    let run = Run {
      let loop = runningLoop()
      let remote = loop.remote
      loop.callLater(2, "timer") { print("timer", loop.time / 1_000_000_000) }
      let work = try loop.runInExecutor {
        timeSleep(1)
        print("said")
        remote.callSoonThreadsafe("call") { print("called", EventLoop.running?.time ?? 0) }
        timeSleep(1)
      }
      try await work()
      print("done", loop.time / 1_000_000_000)
      try await sleep(0)
    }
    #expect(run.output == ["said", "called 1000000000", "timer 2", "done 2"])
    #expect(run.jumps == 2)
    let causes = run.facts.compactMap { fact -> Cause.Kind? in
      guard case .handleScheduled(_, let callback, let cause) = fact, callback.kind == .function
      else { return nil }
      return cause.kind
    }
    #expect(causes == [.external, .external, .futureResolved])
  }

  @Test func `what a thread did while the loop was blocked comes before timers that are due`()
    throws
  {
    let run = Run {
      let loop = runningLoop()
      let work = try loop.runInExecutor { timeSleep(1) }
      work.addDoneCallback { _ in print("thread") }
      loop.callLater(0.5, "timer") { print("timer") }
      timeSleep(2)
      try await work()
      print(loop.time)
    }
    #expect(run.output == ["timer", "thread", "2000000000"])
    #expect(run.jumps == 0)
    let comes = run.facts.firstIndex { fact in
      if case .handleScheduled(_, _, let cause) = fact { cause.kind == .external } else { false }
    }
    let fires = run.facts.firstIndex { if case .timerFired = $0 { true } else { false } }
    #expect(try #require(comes) < #require(fires))
  }

  @Test func `a cancelled function that has begun runs to its end`() {
    let run = Run {
      let loop = runningLoop()
      let work = try loop.runInExecutor {
        timeSleep(1)
        print("still at work")
        return 1
      }
      print(work.cancel(), await thrown { _ = try await work() })
      try await sleep(2)
    }
    #expect(run.output == ["True CancelledError", "still at work"])
    #expect(run.seconds == 2)
  }

  @Test(arguments: [
    (Profile.python3(8), 1), (.python3(13, micro: 11), 1), (.python3(13, micro: 12), 0),
    (.python3(14, micro: 2), 1), (.python3(14), 0), (.python3(15), 0),
  ])
  func `a function that no thread has begun is taken back, which older versions hear of`(
    profile: Profile, times: Int
  ) {
    let run = Run(profile, clock: .real) {
      let loop = runningLoop()
      let pool = ThreadPoolExecutor(maxWorkers: 1)
      let mayGo = Monitor(false)
      let busy = try loop.runInExecutor(pool, "busy") { mayGo.wait { $0 ? () : nil } }
      let late = try loop.runInExecutor(pool, "late") { print("never") }
      print(late.cancel(), await thrown { try await late() })
      try await sleep(0)  // in which its callback takes the work back
      mayGo.access(waking: true) { $0 = true }
      try await busy()
      pool.shutdown()
    }
    #expect(run.output == ["True CancelledError"])
    let heard = run.facts.filter { fact in
      if case .handleScheduled(_, let callback, _) = fact {
        run.text(callback.name) == "set result of late"
      } else {
        false
      }
    }
    #expect(heard.count == times)
  }

  @Test(arguments: [RunHeader.Clock.virtual, .real])
  func `a function may wait for what the loop does`(clock: RunHeader.Clock) {
    let run = Run(clock: clock, configure: { $0.outsideWork.patience = 1_000_000 }) {
      let answer = Monitor<Int?>(nil)
      let remote = runningLoop().remote
      let number = try await toThread {
        remote.callSoonThreadsafe("answer") { answer.access(waking: true) { $0 = 42 } }
        return answer.wait { $0 }
      }
      print(number)
    }
    #expect(run.output == ["42"])
  }

  @Test func `a closed loop lets its threads go`() throws {
    let loop = EventLoop(clock: .virtual, echo: nil)
    try loop.runUntilComplete(Coroutine("main()") { try await toThread {} })
    let pool = try #require(loop.defaultExecutor)
    #expect(pool.submit {})
    loop.close()
    #expect(!pool.submit {})
    pool.shutdown()
  }

  @Test func `from the loop's own thread, call_soon_threadsafe is call_soon`() {
    let run = Run {
      let loop = runningLoop()
      loop.callSoon { print("first") }
      loop.remote.callSoonThreadsafe {
        print("second")
        throw ValueError("bad")
      }
      loop.callSoon { print("third") }
      try await sleep(0)
    }
    #expect(run.output == ["first", "second", "third"])
    #expect(run.errors == ["Exception in callback callback()", "ValueError: bad"])
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
