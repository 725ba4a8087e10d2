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
      (.queue, .queueJoin, 3, "for everything in it to be dealt with"),
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
