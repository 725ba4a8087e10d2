import Foundation
import Insight
import PythonSupport
import Testing
import Trace

@testable import Python

/// Tasks that take their first step at once, inside that of another, with `asyncio.eager_task_factory`.
@Suite(.whereInterpretersAre)
struct EagerTaskTests {
  private let file = ProgramFile()
  private static let interpreters = Interpreters.installed.filter { $0.minor >= 12 }

  private static let scripts = ["of asyncio": WaitTests.waits, "outside": OutsideWaitTests.outside]

  @Test(arguments: interpreters, scripts.keys.sorted())
  func `what an eager task waits for in its first step is told as that of any other`(
    interpreter: Interpreter, waits: String
  ) throws {
    let script = try #require(Self.scripts[waits])
    let run = "loop.run_until_complete(main())"
    #expect(script.contains(run))
    let eager = script.replacing(
      run, with: "loop.set_task_factory(asyncio.eager_task_factory)\n\(run)")
    let found = try told(eager, interpreter)
    for line in try told(script, interpreter) { #expect(found.contains(line)) }
  }

  /// What each lane waits for, or which other it awaits, without numbers that are others in each run.
  private func told(_ script: String, _ interpreter: Interpreter) throws -> [String] {
    try file.reasons(script, interpreter).compactMap { lane, reason in
      guard !reason.contains(/\ is (RUNNING|SLEEPING|DONE)/) else { return nil }
      return "\(lane): \(reason)".replacing(/, since [\d.]+ s.*/, with: "")
        .replacing(/\d{3,}|future \d+/, with: "N")
    }
  }

  @Test(arguments: interpreters)
  func `every wait of an eager first step is told before its maker goes on`(
    interpreter: Interpreter
  ) throws {
    let source = try file.start(ProgramFile.corpus("eager_waits"), interpreter)
    let timeline = source.runToEnd()
    #expect(timeline.contradictionCount == 0)
    #expect(timeline.markers.isEmpty, "the recorder has a fault")
    let events = timeline.events
    let end = try #require(
      events.firstIndex { if case .handleEnded = $0.fact { true } else { false } })
    let told = events[..<end].indices.compactMap { index -> String? in
      guard case .coroutineSuspended(let lane, let wait, _) = events[index].fact else { return nil }
      return "\(timeline.label(of: lane)) \(timeline.phrase(wait, at: index + 1))"
        .replacing(/future \d+/, with: "a future")
    }
    let expected = [
      "holds(…) for a timer", "acquires(…) to acquire lock 1, which holds(…) holds",
      "awaits(Lock.acquire()) to acquire lock 3, which makes(…) holds",
      "makes(…) for its next turn",
      "iterates(…) for an item in queue 1 (0 items)",
      "numbers(…) for an item in queue 1 (0 items)", "awaits(…) for a future",
      "awaits(wait_for()) for event 1 to be set",
      "wait_for(Event.wait(), 60) for event 1 to be set",
      "Event.wait() for event 1 to be set", "completed() for the next in as_completed()",
      "drives() for a timer", "cancels_itself() for a timer",
      "awaits(Event.wait()) for event 1 to be set",
      "main() in wait()",
    ]
    #expect(told == expected)
  }

  @Test(arguments: interpreters)
  func `an eager task waits from where it did, whatever its maker does next`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio, time
      async def waits(event): await event.wait()
      async def main():
          event = asyncio.Event()
          asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
          tasks = [asyncio.create_task(work) for work in (waits(event), event.wait())]
          time.sleep(0.2)
          event.set()
          await tasks[0]
      asyncio.run(main())
      """
    let timeline = try file.start(script, interpreter).runToEnd()
    let events = timeline.events
    let set = try #require(
      events.firstIndex { if case .futureResolved = $0.fact { true } else { false } })
    let waits = events[..<set].filter {
      if case .coroutineSuspended = $0.fact { true } else { false }
    }
    #expect(waits.count == 2)
    let waited = waits.map { events[set].time - $0.time }
    #expect(waited[0] >= 200_000_000)
  }

  @Test(arguments: interpreters)
  func `an eager task that yields in its first step gives up its turn`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def child():
          await asyncio.sleep(0)
      async def eager():
          await child()
      async def main():
          asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
          await asyncio.ensure_future(eager())
      asyncio.run(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let waits = timeline.events.compactMap { event in
      if case .coroutineSuspended(_, let wait, _) = event.fact { wait.kind } else { nil }
    }
    #expect(waits == [.yield, .task])
  }

  @Test(arguments: interpreters)
  func `eager tasks that wait for one another's locks are found`(interpreter: Interpreter) throws {
    let source = try file.start(ProgramFile.corpus("eager_waits"), interpreter)
    let timeline = source.runToEnd()
    let printed = Int(try #require(timeline.outputs.first))
    let circles = cycles(at: printed, in: timeline).map(\.text)
    #expect(
      circles == [
        "Only a cancellation can wake them: holds(…) waits to acquire lock 2, which acquires(…) holds, "
          + "at line 10; acquires(…) waits to acquire lock 1, which holds(…) holds, at line 15."
      ])
  }

  @Test(arguments: interpreters)
  func `an eager task is made by whoever made it, and has ended if it has in its first step`(
    interpreter: Interpreter
  ) throws {
    let source = try file.start(ProgramFile.corpus("eager_waits"), interpreter)
    let timeline = source.runToEnd()
    let makers = timeline.laneIDs().reduce(into: [:]) { makers, lane in
      makers[timeline.label(of: lane)] = timeline.lane(lane).map { timeline.label(of: $0.parent) }
    }
    #expect(makers["Event.wait()"] == "main()")
    #expect(makers["awaits(Lock.acquire())"] == "makes(…)")
    #expect(makers["iterates(…)"] == "main()", "what made others has gone on")
    let cancelled = ["acquires(…)", "cancels_itself()", "awaits(Event.wait())"]
      .map { "\($0) cancelled" }
    #expect(timeline.lastStates.filter { !$0.hasSuffix(" done") } == cancelled)
  }
}
