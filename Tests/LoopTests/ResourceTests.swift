import Testing
import Trace

@testable import Loop

struct ResourceTests {
  @Test func `a lock says who holds it, and a waiter stands in its line`() {
    let run = Run {
      let lock = Lock()
      try await lock.withLock {
        let other = createTask(Coroutine("other()") { try await lock.withLock {} })
        try await sleep(0)
        #expect(lock.locked)
        _ = other
      }
      for _ in 1...3 { try await sleep(0) }
    }
    #expect(
      run.resources == [
        "lock lock 1 of 1", "1 by main()", "future in line", "0", "1 by other()", "0",
      ])
  }

  @Test func `levels are permits taken, items, those who wait, and a flag`() {
    let run = Run {
      let semaphore = try Semaphore(2, "bowls")
      try await semaphore.acquire()
      try semaphore.release()
      let queue = Queue<Int>(maxsize: 3)
      try queue.putNowait(1)
      _ = try await queue.get()
      let event = LoopEvent()
      event.set()
      event.clear()
      let barrier = try Barrier(1)
      try await barrier.wait()
    }
    #expect(
      run.resources == [
        "semaphore semaphore bowls of 2", "1", "0", "queue queue 1 of 3", "1", "0",
        "event event 1 of 1", "1", "0", "barrier barrier 1 of 1", "1", "0",
      ])
  }

  @Test func `the insides of a queue and a barrier are no resources of their own`() {
    let run = Run {
      let queue = Queue<Int>()
      try queue.putNowait(1)
      let join = createTask(Coroutine("join()") { try await queue.join() })
      let barrier = try Barrier(2)
      let first = createTask(Coroutine("first()") { try await barrier.wait() })
      try await sleep(0)
      try queue.taskDone()
      try await barrier.wait()
      try await join()
      _ = try await first()
    }
    #expect(
      run.resources.filter { $0.contains(" of ") } == [
        "queue queue 1 of 0", "barrier barrier 1 of 2",
      ])
    #expect(run.resources.filter { $0 == "future in line" }.count == 2)
  }

  @Test func `a lock made where no loop runs is met when it is first used`() {
    let lock = Lock("bowl")
    let run = Run { try await lock.withLock {} }
    #expect(run.resources == ["lock lock bowl of 1", "1 by main()", "0"])
  }
}

extension Run {
  /// What was recorded of locks, queues and the like.
  fileprivate var resources: [String] {
    var names: [LaneID: String] = [:]
    return facts.compactMap { fact in
      switch fact {
      case .coroutineCreated(let lane, let name, _, _):
        names[lane] = text(name)
        return nil
      case .resourceCreated(_, let kind, let name, let limit):
        return "\(kind) \(text(name)) of \(limit)"
      case .resourceChanged(_, let level, let holder):
        return "\(level)" + (names[holder].map { " by \($0)" } ?? "")
      case .futureCreated(_, _, let resource) where resource != .none: return "future in line"
      default: return nil
      }
    }
  }
}
