import Insight
import Testing
import Trace
import TraceSamples

struct ResourceWordsTests {
  /// `first` and `second` each hold a lock and wait for the other's.
  private struct Locks {
    var run = Script()
    let first: LaneID
    let second: LaneID
    /// After `first` waits, before `second` does.
    let oneWaits: Int

    init() {
      first = run.lane("first()")
      second = run.lane("second()")
      let one = run.task(first)
      let two = run.task(second)
      let fork = ResourceID(1)
      let knife = ResourceID(2)
      run.add(.resourceCreated(fork, .lock, name: run.text("lock fork"), limit: 1))
      run.add(.resourceCreated(knife, .lock, name: run.text("lock knife"), limit: 1))
      run.begin(one.firstStep)
      run.start(first)
      run.add(.resourceChanged(fork, level: 1, holder: first))
      run.suspend(first, .yield, .none)
      run.end(one.firstStep)
      run.begin(two.firstStep)
      run.start(second)
      run.add(.resourceChanged(knife, level: 1, holder: second))
      run.end(two.firstStep)
      run.suspend(first, .lock, run.future("lock knife", of: knife))
      oneWaits = run.cursor
      run.suspend(second, .lock, run.future("lock fork", of: fork))
    }
  }

  private func texts(_ lane: LaneID, at cursor: Int, _ timeline: Timeline) -> [String] {
    why(lane, at: cursor, in: timeline)?.state.map(\.text) ?? []
  }

  @Test func `a lane says which lock it waits for, who holds it and what that one does`() {
    let locks = Locks()
    let texts = texts(locks.first, at: locks.oneWaits, locks.run.timeline)
    #expect(
      texts.first
        == "first() is waiting to acquire lock knife, which second() holds, since 0.000 s.")
    #expect(texts.dropFirst().first?.hasPrefix("second() is RUNNING") == true)
  }

  @Test func `locks taken in different orders are a cycle of waiting`() {
    let locks = Locks()
    #expect(
      texts(locks.first, at: locks.run.cursor, locks.run.timeline).last
        == "first() waits for second() waits for first(): nothing can wake them.")
  }

  @Test(arguments: [true, false])
  func `a wait at a queue tells who used it last, if that has come to its end`(hasFailed: Bool) {
    var run = Script()
    let lanes = ["read()", "parse()"].map { run.lane($0) }
    let tasks = lanes.map { run.task($0) }
    let queue = ResourceID(1)
    run.add(.resourceCreated(queue, .queue, name: run.text("queue 1"), limit: 1))
    run.add(.resourceChanged(queue, level: 1, holder: .none))
    run.step(tasks[1].firstStep) { run in
      run.start(lanes[1])
      run.add(.resourceChanged(queue, level: 0, holder: .none))
      run.time = .ms(20)
      if hasFailed {
        run.add(.coroutineRaised(lanes[1], exception: run.text("ValueError: no")))
      } else {
        run.suspend(lanes[1], .sleep, run.future("sleep"))
      }
    }
    run.step(tasks[0].firstStep) { run in
      run.start(lanes[0])
      run.add(.resourceChanged(queue, level: 1, holder: .none))
      run.suspend(lanes[0], .queuePut, run.future("queue 1", of: queue))
    }
    let user = "; parse(), which took from it last, failed at 0.020 s"
    #expect(
      texts(lanes[0], at: run.cursor, run.timeline).first
        == "read() is waiting for room in queue 1 (1 of 1 items), since 0.020 s"
        + "\(hasFailed ? user : "").")
  }

  @Test func `who holds a lock is waited for by those in its line`() {
    let locks = Locks()
    let timeline = locks.run.timeline
    #expect(timeline.waiters(of: locks.second, at: locks.oneWaits) == [locks.first])
    #expect(timeline.awaited(by: locks.first, at: locks.oneWaits) == [locks.second])
    #expect(
      timeline.held(by: locks.second, at: locks.oneWaits).map { timeline.label(of: $0.id) }
        == ["lock knife"])
    #expect(timeline.held(by: locks.second, at: 0).isEmpty)
  }

  @Test(
    arguments: [
      (.semaphore, .semaphore, 2, "to acquire it (2 of 3 taken)"),
      (.queue, .queueGet, 0, "for an item in it (0 of 3 items)"),
      (.queue, .queuePut, 3, "for room in it (3 of 3 items)"),
      (.queue, .queueJoin, 3, "for everything in it to be dealt with (3 of 3 items)"),
      (.barrier, .barrier, 1, "at it (1 of 3 have come)"), (.event, .event, 0, "for it to be set"),
      (.condition, .condition, 0, "for it to be notified"),
    ] as [(ResourceKind, Wait.Kind, UInt32, String)])
  func `each kind says how much of it is in use`(
    kind: ResourceKind, wait: Wait.Kind, level: UInt32, words: String
  ) {
    var run = Script()
    let main = run.lane("main()")
    _ = run.task(main)
    run.start(main)
    run.add(.resourceCreated(ResourceID(1), kind, name: run.text("it"), limit: 3))
    run.add(.resourceChanged(ResourceID(1), level: level, holder: .none))
    run.suspend(main, wait, run.future("it", of: ResourceID(1)))
    #expect(
      texts(main, at: run.cursor, run.timeline).first
        == "main() is waiting \(words), since 0.000 s.")
  }

  @Test func `who waits in join for an empty queue waits for task_done()`() {
    var run = Script()
    let main = run.lane("main()")
    _ = run.task(main)
    run.start(main)
    run.add(.resourceCreated(ResourceID(1), .queue, name: run.text("queue 1"), limit: 0))
    let future = run.future("queue_join", of: ResourceID(1))
    run.suspend(main, .queueJoin, future)
    let words = "main() is waiting for everything in queue 1 to be dealt with"
    let since = ", since 0.000 s."
    // As of a queue whose items cannot be counted.
    #expect(texts(main, at: run.cursor, run.timeline).first == "\(words)\(since)")
    for level: UInt32 in [1, 0] {
      run.add(.resourceChanged(ResourceID(1), level: level, holder: .none))
    }
    #expect(
      texts(main, at: run.cursor, run.timeline).first
        == "\(words) (0 items; task_done() is still to be called)\(since)")
  }

  /// Tasks that take the permits of a semaphore, and `last()`, which waits for one.
  private struct Permits {
    var run: Script
    let lanes: [LaneID]
    let semaphore = ResourceID(1)

    init(_ count: Int) {
      var run = Script()
      let semaphore = semaphore
      let lanes = (1...count).map { run.lane("meow(\($0))") }
      let tasks = lanes.map { run.task($0) }
      run.add(
        .resourceCreated(
          semaphore, .semaphore, name: run.text("semaphore 1"), limit: UInt32(count)))
      for (place, task) in tasks.enumerated() {
        run.step(task.firstStep) { run in
          run.start(lanes[place])
          run.add(.resourceChanged(semaphore, level: UInt32(place) + 1, holder: .none))
          run.suspend(lanes[place], .unknown)
        }
      }
      self.run = run
      self.lanes = lanes
    }

    /// A handle of its own in which the level changes, in a lane's code or in a callback.
    mutating func change(to level: Int, by lane: LaneID? = nil) {
      let callback = Callback(function: run.text("callback"))
      run.step(run.schedule(callback, Cause(.callSoon))) { run in
        if let lane { run.resume(lane) }
        run.add(.resourceChanged(semaphore, level: UInt32(level), holder: .none))
        if let lane { run.suspend(lane, .unknown) }
      }
    }

    /// What is told of the semaphore now.
    var use: String? {
      let timeline = run.timeline
      return timeline.resource(semaphore).flatMap { timeline.use(of: $0, at: run.cursor) }
    }
  }

  @Test func `a lane says who took the permits for which it waits, the first three by name`() {
    var permits = Permits(5)
    let last = permits.run.lane("last()")
    let task = permits.run.task(last)
    permits.run.step(task.firstStep) { run in
      run.start(last)
      run.suspend(last, .semaphore, run.future("semaphore 1", of: ResourceID(1)))
    }
    #expect(
      texts(last, at: permits.run.cursor, permits.run.timeline).first
        == "last() is waiting to acquire semaphore 1 (5 of 5 taken by meow(1), meow(2), meow(3) and "
        + "2 more), since 0.000 s.")
  }

  @Test func `a permit that is given back and handed on is its next owner's`() {
    var permits = Permits(2)
    let (first, semaphore) = (permits.lanes[0], permits.semaphore)
    let last = permits.run.lane("last()")
    let task = permits.run.task(last)
    var turn = FutureID.none
    permits.run.step(task.firstStep) { run in
      run.start(last)
      turn = run.future("semaphore 1", of: semaphore)
      run.suspend(last, .semaphore, turn)
    }
    permits.run.step(permits.run.schedule(Callback(.job, .none), Cause(.callSoon))) { run in
      run.resume(first)
      run.add(.resourceChanged(semaphore, level: 1, holder: .none))
      run.add(.resourceChanged(semaphore, level: 2, holder: .none))
      _ = run.resolve(turn, then: Callback(.wakeup, task.future))
      run.return(first)
    }
    #expect(permits.use == "2 of 2 taken by meow(2) and last()")
  }

  @Test func `who took what is no longer told when somebody else gave a permit back`() {
    var permits = Permits(3)
    permits.change(to: 2, by: permits.lanes[1])
    #expect(permits.use == "2 of 3 taken by meow(1) and meow(3)")
    permits.change(to: 1)
    #expect(permits.use == "1 of 3 taken")
    permits.change(to: 2, by: permits.lanes[1])
    #expect(permits.use == "2 of 3 taken")
    permits.change(to: 1, by: permits.lanes[1])
    permits.change(to: 0, by: permits.lanes[2])
    permits.change(to: 1, by: permits.lanes[2])
    #expect(permits.use == "1 of 3 taken by meow(3)")
    permits.change(to: 0, by: permits.lanes[2])
    permits.change(to: 0)
    permits.change(to: 1, by: permits.lanes[2])
    #expect(permits.use == "1 of 3 taken", "there are more of them than it was made with")
  }

  @Test func `who took what is known at any moment of a long run`() {
    var permits = Permits(3)
    var expected: [(cursor: Int, use: String)] = []
    for round in 0..<500 {
      let lane = permits.lanes[round % 3]
      permits.change(to: 2, by: lane)
      let others = (1...2).map { "meow(\((round + $0) % 3 + 1))" }
      expected.append((permits.run.cursor, "2 of 3 taken by \(others[0]) and \(others[1])"))
      permits.change(to: 3, by: lane)
    }
    let timeline = permits.run.timeline
    let semaphore = timeline.resource(permits.semaphore)
    for (cursor, use) in expected {
      #expect(semaphore.flatMap { timeline.use(of: $0, at: cursor) } == use)
    }
  }

  @Test func `what happens to a resource is told`() {
    var run = Script()
    let main = run.lane("main()")
    let lock = ResourceID(1)
    run.add(.resourceCreated(lock, .lock, name: run.text("lock 1"), limit: 1))
    run.add(.resourceChanged(lock, level: 1, holder: main))
    run.add(.resourceChanged(lock, level: 0, holder: .none))
    run.add(.resourceCreated(ResourceID(2), .queue, name: run.text("queue 1"), limit: 5))
    run.add(.resourceChanged(ResourceID(2), level: 2, holder: .none))
    let timeline = run.timeline
    #expect(
      (1...5).map { timeline.sentence(forEvent: $0) } == [
        "lock 1 was made", "main() acquired lock 1", "lock 1 was released",
        "queue 1 was made, with room for 5", "queue 1: 2 of 5 items",
      ])
  }
}
