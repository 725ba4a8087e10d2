import Foundation
import PythonSupport
import Testing
import Trace

@testable import Python

/// Real programs under the recorder, on every interpreter that is installed.
@Suite(.whereInterpretersAre)
struct RealProgramTests {
  private let file = ProgramFile()

  private static let cats = """
    import asyncio, os, subprocess, sys

    async def meow(n):
        for i in range(n):
            await asyncio.sleep(0.001)
        print('meow', n)
        return n

    async def main():
        print(sys.argv[1:], flush=True)
        os.write(1, b'past the recorder\\n')
        subprocess.call(['echo', 'in a subprocess'])
        print(await asyncio.gather(*[meow(n) for n in range(1, 6)]), file=sys.stderr)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  private static let ticker = """
    import asyncio, signal, sys

    async def main():
        loop = asyncio.get_event_loop()
        stop = loop.create_future()
        loop.add_signal_handler(signal.SIGTERM, stop.set_result, None)
        while not stop.done():
            await asyncio.sleep(0)
        print('stopped well')
        sys.exit(6)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  /// On a real clock nothing may be due for a moment.
  private func step(_ source: PythonSource, _ timeline: inout Timeline) {
    let before = timeline.stepCount
    timeline.append(source.step())
    source.collect(into: &timeline) { $0.stepCount > before }
  }

  @Test(arguments: Interpreters.installed)
  func `it is held before its first handle, stepped, and let go`(
    interpreter: Interpreter
  ) throws {
    let source = try file.start(Self.cats, interpreter, "a", "--help")
    #expect(source.header.runtime == "CPython \(interpreter.version)")
    var timeline = source.collect { $0.laneCount == 1 }
    #expect(timeline.stepCount == 0)
    for number in 1...20 {
      step(source, &timeline)
      #expect(timeline.stepCount == number)
    }
    timeline.append(source.run(until: .max, budget: 1000))
    source.collect(into: &timeline) { _ in source.hasEnded }
    #expect(source.ending == "ended: exit status 0")
    #expect(timeline.lastWords == "")
    #expect(timeline.contradictionCount == 0)
    #expect(source.notices == [])
    #expect(timeline.laneCount == 6)
    #expect(
      timeline.printed(on: .stdout).split(separator: "\n").sorted() == [
        "['a', '--help']", "in a subprocess", "meow 1", "meow 2", "meow 3", "meow 4", "meow 5",
        "past the recorder",
      ])
    #expect(timeline.printed(on: .stderr) == "[1, 2, 3, 4, 5]\n")
  }

  @Test(arguments: Interpreters.installed)
  func `a running loop is held between two handles and then obeys each step`(
    interpreter: Interpreter
  ) throws {
    let source = try file.start(Self.ticker, interpreter)
    var timeline = source.run(until: .max, budget: 1000).asTimeline
    source.collect(into: &timeline) { $0.stepCount > 200 }
    source.hold()
    step(source, &timeline)
    let held = timeline.stepCount
    for step in 1...5 {
      timeline.append(source.step())
      #expect(timeline.stepCount == held + step)
    }
    // Held, and yet it ends as it wants to: its own handler runs in its loop.
    timeline.append(source.end())
    #expect(timeline.printed(on: .stdout) == "stopped well\n")
    #expect(source.ending == "ended: exit status 6")
    #expect(timeline.contradictionCount == 0)
  }

  @Test(arguments: Interpreters.installed)
  func `on a virtual clock an hour takes no time`(interpreter: Interpreter) throws {
    let script =
      """
      import asyncio, time
      async def main():
          began = time.monotonic()
          for n in range(60):
              await asyncio.sleep(60)
          print(round(time.monotonic() - began))
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter, clock: .virtual)
    #expect(source.header.clock == .virtual)
    let timeline = source.runToEnd()
    #expect(timeline.printed(on: .stdout) == "3600\n")
    #expect(timeline.time(at: timeline.events.count) >= 3_600_000_000_000)
  }

  @Test(arguments: Interpreters.installed)
  func `a program killed while it is held leaves its lanes`(interpreter: Interpreter) throws {
    let script = "import os, sys\nprint(os.getpid(), flush=True)\n" + Self.ticker
    let source = try file.start(script, interpreter)
    var timeline = source.collect { $0.laneCount == 1 && !$0.outputs.isEmpty }
    let process = try #require(Int32(timeline.printed(on: .stdout).dropLast()))
    timeline.append(source.step())
    kill(process, SIGKILL)
    source.collect(into: &timeline) { _ in source.hasEnded }
    #expect(source.ending == "ended by SIGKILL")
    #expect(timeline.lastWords == "SIGKILL")
    #expect(timeline.laneCount == 1)
  }

  @Test(
    arguments: Interpreters.installed,
    [
      ("", true), ("loop.add_signal_handler(signal.SIGTERM, print)", false),
      ("signal.signal(signal.SIGUSR1, print)", false),
      ("signal.signal(signal.SIGINT, print)", false),
      ("loop.add_reader(socket.socketpair()[0], print)", false),
      ("loop.call_later(60, print)", false), ("loop.call_later(60, print).cancel()", true),
      ("threading.Thread(target=time.sleep, args=(2,), daemon=True).start()", false),
      ("_thread.start_new_thread(time.sleep, (2,))", false),
      ("loop.run_in_executor(None, time.sleep, 2)", false),
    ] as [(String, Bool)])
  func `that nothing can happen any more is told exactly where nothing can`(
    interpreter: Interpreter, _ what: (line: String, isStill: Bool)
  ) throws {
    let script = """
      import _thread, asyncio, signal, socket, threading, time
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      async def main():
          \(what.line)
          await asyncio.sleep(0.01)
          await asyncio.Event().wait()
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter)
    var timeline = source.run(until: .max, budget: 1000).asTimeline
    source.collect(into: &timeline) {
      $0.laneCount > 0 && $0.wait(of: LaneID(1), at: $0.events.count)?.kind == .event
    }
    let late = ContinuousClock.now + .milliseconds(what.isStill ? 5000 : 200)
    while ContinuousClock.now < late, !timeline.standsStill {
      source.collect(into: &timeline) { _ in true }
      usleep(2000)
    }
    #expect(timeline.standsStill == what.isStill)
    _ = source.end()
  }

  @Test(arguments: Interpreters.installed)
  func `where only tasks are recorded, it is held all the same, and stepped`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def child():
          await asyncio.sleep(60)
      async def main():
          await asyncio.gather(child(), child(), child())
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter, detail: .tasks)
    var timeline = Timeline()
    for pending in [3, 2, 1, 0] {
      let before = timeline.events.count
      // A step of which nothing is told leads on to the next one.
      let limit = ContinuousClock.now + .seconds(10)
      while timeline.events.count == before || timeline.laneCount < 4, ContinuousClock.now < limit {
        timeline.append(source.step())
        usleep(1000)
      }
      #expect(timeline.lastStates.count { $0.hasSuffix(" pending") } == pending)
    }
    _ = source.end()
  }

  @Test(arguments: Interpreters.installed)
  func `where only tasks are recorded, it is told how each ended`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def returns():
          await asyncio.sleep(0.01)
          return 3
      async def raises():
          await asyncio.sleep(0.01)
          raise ValueError('no')
      async def waits():
          await asyncio.sleep(60)
      async def main():
          tasks = [asyncio.ensure_future(one()) for one in (returns, raises, waits)]
          await asyncio.sleep(0.05)
          tasks[2].cancel()
          await asyncio.gather(*tasks, return_exceptions=True)
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter, detail: .tasks)
    let timeline = source.runToEnd()
    #expect(
      timeline.lastStates.sorted()
        == ["main() done", "raises() failed", "returns() done", "waits() cancelled"])
  }

  @Test func `the interpreter's own refusals come through`() throws {
    let interpreter = try #require(Interpreters.installed.last)

    let source = try file.start("def broken(:\n", interpreter)
    let timeline = source.wholeTimeline()
    #expect(source.ending == "ended: exit status 1")
    #expect(timeline.printed(on: .stderr).contains("SyntaxError"))
  }
}

extension Timeline {
  fileprivate var standsStill: Bool {
    events.contains { if case .stoodStill = $0.fact { true } else { false } }
  }
}

extension Batch {
  var asTimeline: Timeline {
    var timeline = Timeline()
    timeline.append(self)
    return timeline
  }
}
