import Testing
import Trace

@testable import Loop

/// What CPython 3.6 to 3.15 do was seen by running the same programs there.
struct LockTests {
  private static func want(_ number: Int, _ lock: Lock) -> Coroutine<Void> {
    Coroutine("want(\(number))") {
      do {
        try await lock.acquire()
        print("got", number)
        try lock.release()
      } catch let error as CancelledError {
        print("gone", number)
        throw error
      }
    }
  }

  @Test(arguments: Profile.supported)
  func `a waiter that is cancelled lets the next one have the lock`(profile: Profile) {
    let run = Run(profile) {
      let lock = Lock()
      try await lock.acquire()
      let tasks = (1...3).map { createTask(Self.want($0, lock)) }
      try await sleep(0)
      tasks[0].cancel()
      try lock.release()
      print(lock.locked)
      _ = try await wait(tasks)
      print(await thrown { try lock.release() })
    }
    #expect(
      run.output == ["False", "gone 1", "got 2", "got 3", "RuntimeError: Lock is not acquired."])
  }

  @Test func `a lock goes to who waits, and not to who comes in the same step`() {
    let run = Run {
      let lock = Lock()
      try await lock.acquire()
      let task = createTask(Self.want(4, lock))
      try await sleep(0)
      try lock.release()
      print(lock.locked)
      try await lock.acquire()
      print("main has it")
      try lock.release()
      try await task()
    }
    #expect(run.output == ["False", "got 4", "main has it"])
  }

  @Test func `a free lock is taken with no trip through the queue`() {
    let run = Run {
      let lock = Lock()
      try await lock.withLock { print(lock.locked) }
      print(lock.locked)
    }
    #expect(run.output == ["True", "False"])
    #expect(run.ran == [.step])
  }

  @Test func `a lock is released when its body throws`() {
    let run = Run {
      let lock = Lock()
      print(await thrown { try await lock.withLock { throw ValueError("inside") } }, lock.locked)
    }
    #expect(run.output == ["ValueError: inside False"])
  }

  @Test func `a lock belongs to the loop that first waits for it`() throws {
    let lock = Lock("shared")
    let first = Run {
      try await lock.acquire()
      print(await thrown { try await waitFor(Self.want(1, lock), timeout: 1) })
    }
    #expect(first.output == ["gone 1", "TimeoutError"])
    let second = Run { print(await thrown { try await Self.want(2, lock)() }) }
    #expect(second.output[0].hasSuffix("is bound to a different event loop"))
  }

  @Test func `an event lets everyone go in order, even if it is cleared at once`() {
    let run = Run {
      let event = LoopEvent()
      let tasks = (1...2).map { number in
        createTask(
          Coroutine("listen(\(number))") {
            try await event.wait()
            print("heard", number)
          })
      }
      try await sleep(0)
      event.set()
      event.clear()
      print(event.isSet)
      _ = try await wait(tasks)
      event.set()
      try await event.wait()
    }
    #expect(run.output == ["False", "heard 1", "heard 2"])
  }

  @Test(arguments: Profile.supported)
  func `a semaphore keeps the order of its waiters from 3_9 on`(profile: Profile) {
    let run = Run(profile) {
      let semaphore = try Semaphore(1)
      try await semaphore.acquire()
      let tasks = (1...3).map { number in
        createTask(
          Coroutine("pass(\(number))") {
            try await semaphore.withPermit { print("pass", number) }
          })
      }
      try await sleep(0)
      try semaphore.release()
      print(semaphore.locked)
      try await semaphore.withPermit { print("main") }
      _ = try await wait(tasks)
    }
    let tasks = ["pass 1", "pass 2", "pass 3"]
    let order = profile >= .python3(9) ? tasks + ["main"] : ["main"] + tasks
    #expect(run.output == [profile >= .python3(10) ? "True" : "False"] + order)
  }

  @Test(arguments: Profile.supported)
  func `a cancelled waiter of a semaphore loses no permit`(profile: Profile) {
    let run = Run(profile) {
      let semaphore = try Semaphore(1)
      try await semaphore.acquire()
      let tasks = (1...3).map { number in
        createTask(
          Coroutine("pass(\(number))") {
            try await semaphore.acquire()
            print("pass", number)
            try semaphore.release()
          })
      }
      try await sleep(0)
      try semaphore.release()
      tasks[0].cancel()
      _ = try await wait(tasks)
      print(semaphore.locked, tasks[0].isCancelled)
    }
    #expect(run.output == ["pass 2", "pass 3", "False True"])
  }

  @Test func `semaphores refuse what makes no sense`() {
    let run = Run {
      print(await thrown { try BoundedSemaphore(1).release() })
      print(await thrown { _ = try Semaphore(-1) })
    }
    #expect(
      run.output == [
        "ValueError: BoundedSemaphore released too many times",
        "ValueError: Semaphore initial value must be >= 0",
      ])
  }

  @Test(arguments: Profile.supported)
  func `a condition acquires its lock again even when it is cancelled`(profile: Profile) {
    let run = Run(profile) {
      let condition = Condition()
      print(await thrown { try condition.notify() })
      print(await thrown { try await condition.wait() })
      let tasks = (1...3).map { number in
        createTask(
          Coroutine("listen(\(number))") {
            try await condition.withLock {
              do {
                try await condition.wait()
                print("heard", number)
              } catch let error as CancelledError {
                print("gone", number, condition.locked)
                throw error
              }
            }
          })
      }
      try await sleep(0)
      try await condition.withLock {
        try condition.notify()
        tasks[0].cancel()
      }
      for _ in 1...4 { try await sleep(0) }
      try await condition.withLock { try condition.notifyAll() }
      _ = try await wait(tasks)
    }
    #expect(
      run.output == [
        "RuntimeError: cannot notify on un-acquired lock",
        "RuntimeError: cannot wait on un-acquired lock", "gone 1 True", "heard 2", "heard 3",
      ])
  }

  @Test(arguments: 11...15)
  func `a barrier lets all go together, and can be reset and aborted`(minor: Int) {
    let run = Run(.python3(minor)) {
      let barrier = try Barrier(2)
      func come(_ number: Int) -> Coroutine<Void> {
        Coroutine("come(\(number))") {
          do {
            print("passed", number, try await barrier.wait())
          } catch let error as BrokenBarrierError {
            print("broken", number, error.message)
          }
        }
      }
      let first = createTask(come(1))
      try await sleep(0)
      print(barrier.nWaiting, barrier.parties, barrier.broken)
      _ = try await wait([first, createTask(come(2))])
      let third = createTask(come(3))
      try await sleep(0)
      try await barrier.reset()
      try await third()
      print(barrier.nWaiting, barrier.broken)
      let fourth = createTask(come(4))
      try await sleep(0)
      try await barrier.abort()
      try await fourth()
      print(barrier.broken)
      try await come(5)()
    }
    #expect(
      run.output == [
        "1 2 False", "passed 2 1", "passed 1 0", "broken 3 Abort or reset of barrier", "0 False",
        "broken 4 Abort or reset of barrier", "True", "broken 5 Barrier aborted",
      ])
  }

  @Test func `a barrier came with 3_11`() {
    let run = Run(.python3(10)) { _ = try Barrier(2) }
    #expect(
      "\(run.failure, default: "")"
        == "AttributeError: module 'asyncio' has no attribute 'Barrier'")
  }
}
