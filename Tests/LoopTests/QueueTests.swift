import Testing
import Trace

@testable import Loop

/// What CPython 3.6 to 3.15 do was seen by running the same programs there.
struct QueueTests {
  @Test func `an empty and a full queue say so`() {
    let run = Run {
      let queue = Queue<Int>(maxsize: 1)
      print(await thrown { _ = try queue.getNowait() })
      try queue.putNowait(1)
      print(await thrown { try queue.putNowait(2) })
      print(queue.qsize, queue.full, queue.empty, queue.maxsize)
      print(try await queue.get())
      try queue.taskDone()
      print(await thrown { try queue.taskDone() })
    }
    #expect(
      run.output == [
        "QueueEmpty", "QueueFull", "1 True False 1", "1",
        "ValueError: task_done() called too many times",
      ])
    #expect(run.ran == [.step])
  }

  @Test(arguments: Profile.supported)
  func `a getter that is cancelled when it was woken passes the item on`(profile: Profile) {
    let run = Run(profile) {
      let queue = Queue<String>(maxsize: 1)
      let tasks = (1...2).map { number in
        createTask(
          Coroutine("take(\(number))") {
            do {
              print(number, try await queue.get())
            } catch let error as CancelledError {
              print("gone", number)
              throw error
            }
          })
      }
      try await sleep(0)
      try queue.putNowait("x")
      tasks[0].cancel()
      try await sleep(1)
      print(tasks.map(\.isDone))
    }
    #expect(run.output == ["gone 1", "2 x", "[True, True]"])
  }

  @Test func `join waits until every item was dealt with`() {
    let run = Run {
      let queue = Queue<Int>()
      for number in 0..<3 { try queue.putNowait(number) }
      let worker = createTask(
        Coroutine("worker()") {
          while true {
            let number = try await queue.get()
            try await sleep(1)
            print("did", number)
            try queue.taskDone()
          }
        })
      try await queue.join()
      print("joined", runningLoop().time)
      worker.cancel()
    }
    #expect(run.output == ["did 0", "did 1", "did 2", "joined 3000000000"])
  }

  @Test func `who puts into a full queue waits in order`() {
    let run = Run {
      let queue = Queue<Int>(maxsize: 1)
      for number in 1...3 {
        createTask(
          Coroutine("put(\(number))") {
            try await queue.put(number)
            print("put", number)
          })
      }
      try await sleep(0)
      for _ in 1...3 {
        print("get", try await queue.get())
        try await sleep(0)
        try await sleep(0)
      }
    }
    #expect(run.output == ["put 1", "get 1", "put 2", "get 2", "put 3", "get 3"])
  }

  @Test func `a lifo queue gives the last first`() throws {
    let run = Run {
      let queue = LifoQueue<Int>(maxsize: 3)
      for number in 1...3 { try queue.putNowait(number) }
      print(queue.full)
      var numbers: [Int] = []
      while !queue.empty { numbers.append(try queue.getNowait()) }
      print(numbers)
    }
    #expect(run.output == ["True", "[3, 2, 1]"])
  }

  /// An item that compares by its key alone.
  private struct Entry: Comparable {
    let key: Int
    let number: Int

    static func < (a: Self, b: Self) -> Bool { a.key < b.key }
    static func == (a: Self, b: Self) -> Bool { a.key == b.key }
  }

  @Test func `a priority queue gives equals in the order of heapq`() {
    let run = Run {
      let queue = PriorityQueue<Entry>()
      for (number, key) in [3, 1, 2, 1, 3, 1, 2, 2, 1, 0, 3, 1].enumerated() {
        try queue.putNowait(Entry(key: key, number: number))
      }
      var numbers: [Int] = []
      while !queue.empty { numbers.append(try queue.getNowait().number) }
      print(numbers)
    }
    #expect(run.output == ["[9, 5, 11, 1, 3, 8, 6, 2, 7, 10, 0, 4]"])
  }

  @Test func `a queue that was shut down wakes and refuses everyone`() {
    let run = Run {
      let queue = Queue<Int>(maxsize: 1)
      try queue.putNowait(1)
      let task = createTask(
        Coroutine("put()") { print("put", await thrown { try await queue.put(2) }) })
      try await sleep(0)
      try queue.shutdown()
      try await task()
      print(try await queue.get())
      print("get", await thrown { _ = try await queue.get() })
      let dropped = Queue<Int>()
      try dropped.putNowait(1)
      try dropped.putNowait(2)
      let joining = createTask(Coroutine("join()") { try await dropped.join() })
      try await sleep(0)
      try dropped.shutdown(immediate: true)
      try await joining()
      print("joined", dropped.qsize)
    }
    #expect(run.output == ["put QueueShutDown", "1", "get QueueShutDown", "joined 0"])
  }

  @Test func `shutting a queue down came with 3_13`() {
    let run = Run(.python3(12)) { try Queue<Int>().shutdown() }
    #expect(
      "\(run.failure, default: "")"
        == "AttributeError: 'Queue' object has no attribute 'shutdown'")
  }
}
