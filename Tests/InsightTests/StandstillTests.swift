import Insight
import Testing
import Trace
import TraceSamples

/// That nothing can happen any more is said only where it is certain.
struct StandstillTests {
  private static let plainSource = RunHeader.SourceText(
    name: "app.py", text: "import asyncio\nfrom collections import deque\n\nasyncio.run(main())\n")

  /// `main()` waits for the task of `waiter()`, which waits for an event.
  private struct Stuck {
    var run = Script()
    var event = ResourceID(1)

    init(waits kind: Wait.Kind = .event) {
      let main = run.lane("main()")
      let first = run.task(main)
      let waiter = run.lane("waiter()", by: main)
      let second = run.task(waiter, by: main)
      run.add(.resourceCreated(event, .event, name: run.text("event 1"), limit: 0))
      run.step(first.firstStep) { run in
        run.start(main)
        run.suspend(main, .task, second.future, line: 4)
      }
      run.step(second.firstStep) { run in
        run.start(waiter)
        run.suspend(waiter, kind, run.future("future", of: kind == .event ? event : .none), line: 8)
      }
    }
  }

  private func said(
    _ run: Script, at cursor: Int? = nil,
    _ sources: [RunHeader.SourceText] = [StandstillTests.plainSource]
  ) -> String? {
    standstill(at: cursor ?? run.cursor, in: run.timeline, sources: sources)?.text
  }

  @Test
  func `who waits for what is said once every coroutine waits`() {
    let run = Stuck().run
    #expect(
      said(run)
        == "Nothing can happen any more: main() waits for the task waiter(), "
        + "waiter() waits for event 1 to be set.")
    for cursor in 0..<run.cursor { #expect(said(run, at: cursor) == nil, "\(cursor)") }
  }

  @Test
  func `a timer that is set may still wake somebody`() {
    var run = Stuck().run
    let timer = run.timer(at: .ms(5), Callback(function: run.text("later")))
    #expect(said(run) == nil)
    run.add(.handleCancelled(timer))
    #expect(said(run) != nil)
  }

  @Test
  func `a handle that is ready may still wake somebody`() {
    var run = Stuck().run
    _ = run.schedule(Callback(function: run.text("soon")), Cause(.callSoon))
    #expect(said(run) == nil)
  }

  @Test(arguments: [.io, .subprocess, .thread, .unknown] as [Wait.Kind])
  func `who waits for something from outside may still be woken`(kind: Wait.Kind) {
    #expect(said(Stuck(waits: kind).run) == nil)
    #expect(said(Stuck(waits: .future).run) != nil)
  }

  @Test(arguments: [
    "import threading", "from concurrent.futures import ThreadPoolExecutor",
    "import aiohttp as web",
    "import os, requests", "loop.add_signal_handler(2, event.set)", "await asyncio.to_thread(work)",
    "import json; import zmq", "__import__('zmq')",
  ])
  func `a program whose text names something from outside may still be woken`(line: String) {
    let source = RunHeader.SourceText(name: "app.py", text: "import asyncio\n\(line)\n")
    #expect(said(Stuck().run, [source]) == nil)
  }

  @Test(arguments: [
    "import helper", "from helper.part import thing", "from . import helper",
    "import os.path, json as j",
    "name = 'imported signals, sockets'", "from random import (\n  choice, shuffle)",
  ])
  func `the program's own modules and harmless ones wake nobody`(line: String) {
    let sources = [
      RunHeader.SourceText(name: "app.py", text: "import asyncio\n\(line)\n"),
      RunHeader.SourceText(name: "helper/__init__.py", text: ""),
    ]
    #expect(said(Stuck().run, sources) != nil)
  }

  @Test
  func `nothing is said of a program whose text is not known`() {
    #expect(said(Stuck().run, []) == nil)
  }

  @Test
  func `nothing is said between two runs of a loop, or where events were lost`() {
    var stopped = Stuck().run
    let stop = stopped.schedule(Callback(.stop, FutureID(1)), Cause(.callSoon))
    stopped.step(stop) { _ in }
    #expect(said(stopped) == nil)
    var lossy = Stuck().run
    lossy.add(.dropped(count: 3))
    #expect(said(lossy) == nil)
  }

  @Test(arguments: [.event, .unknown] as [Wait.Kind])
  func `what the recording says of it is certain, whatever the program's text names`(
    kind: Wait.Kind
  ) {
    var run = Stuck(waits: kind).run
    let source = RunHeader.SourceText(name: "app.py", text: "import asyncio, threading\n")
    #expect(said(run, [source]) == nil)
    run.add(.stoodStill)
    #expect(said(run, [source])?.hasPrefix("Nothing can happen any more: main() waits") == true)
    run.print("from a child", by: .none)
    #expect(said(run, []) != nil)
    _ = run.schedule(Callback(function: run.text("soon")), Cause(.external))
    #expect(said(run, [source]) == nil)
  }

  @Test
  func `of a run that was ended it is certain too`() {
    var run = Stuck().run
    run.add(.stoodStill)
    let stuck = run.cursor
    let wakeup = run.resolve(FutureID(3), .cancelled, then: Callback(.wakeup, FutureID(2)))
    run.step(wakeup) { run in
      run.resume(LaneID(2))
      run.add(.coroutineCancelled(LaneID(2)))
    }
    run.add(.runEnded(exception: run.text("KeyboardInterrupt")))
    let found = standstill(beforeTheEndAt: run.cursor, in: run.timeline, sources: [])
    #expect(found?.event == stuck - 1)
  }

  /// Each of two coroutines holds a lock and waits for the other's.
  private static let circle: Script = {
    var run = Script()
    let lanes = [run.lane("meow(1)"), run.lane("meow(2)")]
    let tasks = lanes.map { run.task($0) }
    let locks = [ResourceID(1), ResourceID(2)]
    for (place, lock) in locks.enumerated() {
      run.add(.resourceCreated(lock, .lock, name: run.text("lock \(place + 1)"), limit: 1))
    }
    for (place, task) in tasks.enumerated() {
      run.step(task.firstStep) { run in
        run.start(lanes[place])
        run.add(.resourceChanged(locks[place], level: 1, holder: lanes[place]))
        run.suspend(lanes[place], .lock, run.future("lock", of: locks[1 - place]))
      }
    }
    return run
  }()

  @Test(arguments: [1, 2])
  func `each of a circle that was cancelled tells of it as it was before any of them was`(
    one: UInt32
  ) {
    var run = Self.circle
    let wakeups = [1, 2 as UInt32].map { number in
      run.resolve(
        FutureID(number + 2), .cancelled, then: Callback(.wakeup, FutureID(number)))
    }
    for (place, wakeup) in wakeups.enumerated() {
      run.step(wakeup) { run in
        let lane = LaneID(UInt32(place) + 1)
        run.resume(lane)
        run.add(.coroutineCancelled(lane))
      }
    }
    let other = 3 - one
    let state = why(LaneID(one), at: run.cursor, in: run.timeline)?.state.map(\.text) ?? []
    #expect(
      state.dropFirst() == [
        "Until then meow(\(one)) was waiting to acquire lock \(other), which meow(\(other)) held, "
          + "since 0.000 s.",
        "meow(\(other)) was waiting to acquire lock \(one), which meow(\(one)) held, "
          + "since 0.000 s.",
        "meow(\(one)) waited for meow(\(other)) waited for meow(\(one)): "
          + "nothing could wake them.",
      ])
  }

  private static let waits =
    "meow(1) waits to acquire lock 2, which meow(2) holds; "
    + "meow(2) waits to acquire lock 1, which meow(1) holds."

  @Test
  func `a circle of locks is said of any program`() {
    #expect(
      said(Self.circle, [])
        == "Nothing can wake them: " + Self.waits)
  }

  @Test
  func `a circle of locks is found though the rest of the program goes on`() {
    var run = Self.circle
    let closed = run.cursor - 1
    let heart = run.lane("heartbeat()")
    let task = run.task(heart)
    run.step(task.firstStep) { run in
      run.start(heart)
      _ = run.sleep(heart, until: .ms(1000))
    }
    #expect(said(run) == nil)
    let found = cycles(at: run.cursor, in: run.timeline)
    #expect(
      found.map(\.text)
        == ["Only a cancellation can wake them: " + Self.waits])
    #expect(cycles(at: closed - 1, in: run.timeline).isEmpty)
    #expect(found.first?.event == closed - 1)
    run.add(.futureResolved(FutureID(3), .cancelled))
    run.add(.coroutineCancelled(LaneID(1)))
    #expect(standstills(at: run.cursor, in: run.timeline, sources: []).isEmpty)
    run.add(.runEnded(exception: run.text("KeyboardInterrupt")))
    let before = standstills(at: run.cursor, in: run.timeline, sources: [])
    #expect(before.first?.text.hasSuffix(Self.waits) == true)
  }

  @Test
  func `who waits for something in the same way is counted together`() {
    var run = Stuck().run
    for number in 1...3 {
      let lane = run.lane("wait(\(number))")
      run.start(lane)
      let isLast = number == 3
      run.suspend(
        lane, isLast ? .queueGet : .event,
        run.future("future", of: isLast ? .none : ResourceID(1)))
    }
    #expect(
      said(run)
        == "Nothing can happen any more: main() waits for the task waiter(), waiter() waits for "
        + "event 1 to be set; wait(1) and 1 other wait for event 1 to be set; 1 more waits too.")
  }

  @Test(arguments: [("KeyboardInterrupt", true), ("SIGTERM", true), ("", false)])
  func `of a run that was ended it is said how it stood before`(ending: String, isSaid: Bool) {
    var run = Stuck().run
    let stuck = run.cursor
    run.time = .ms(900)
    let wakeup = run.resolve(FutureID(3), .cancelled, then: Callback(.wakeup, FutureID(2)))
    run.step(wakeup) { run in
      run.resume(LaneID(2))
      run.add(.coroutineCancelled(LaneID(2)))
      run.add(.futureResolved(FutureID(2), .cancelled))
    }
    run.add(.runEnded(exception: run.text(ending)))
    let found = standstill(
      beforeTheEndAt: run.cursor, in: run.timeline, sources: [Self.plainSource])
    #expect((found?.event == stuck - 1) == isSaid)
    #expect(found?.text == (isSaid ? said(run, at: stuck) : nil))
  }
}
