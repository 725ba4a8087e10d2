import Insight
import PythonSupport
import Testing
import Trace

@testable import Python

/// In which functions of asyncio the lanes of real programs wait, in the words of the screen.
@Suite(.whereInterpretersAre)
struct WaitTests {
  private let file = ProgramFile()

  static let waits = """
    import asyncio, os, sys

    async def nap():
        await asyncio.sleep(60)

    def naps(number=2):
        return [asyncio.ensure_future(nap()) for _ in range(number)]

    async def gather():
        await asyncio.gather(*naps())

    async def wait():
        await asyncio.wait(naps(), timeout=60)

    async def shield():
        await asyncio.sleep(0)
        await asyncio.shield(naps(1)[0])

    async def shielded_gather():
        await asyncio.shield(asyncio.gather(*naps()))

    async def wait_for_task():
        await asyncio.wait_for(naps(1)[0], 60)

    async def wait_for_gather():
        await asyncio.wait_for(asyncio.gather(*naps()), 60)

    async def wait_for_shield():
        await asyncio.wait_for(asyncio.shield(naps(1)[0]), 60)

    async def wait_for_item():
        await asyncio.wait_for(asyncio.Queue().get(), 60)

    async def cancelling():
        async def stubborn():
            try:
                await asyncio.sleep(60)
            finally:
                cancelled.set()
                await asyncio.sleep(60)
        await asyncio.wait_for(asyncio.ensure_future(stubborn()), 0.01)

    async def completed():
        for future in asyncio.as_completed(naps(3)):
            await future

    async def condition():
        condition = asyncio.Condition()
        async with condition:
            await condition.wait()

    async def barrier():
        await asyncio.Barrier(2).wait()

    async def group():
        async with asyncio.TaskGroup() as tasks:
            for _ in range(2):
                tasks.create_task(nap())

    async def timeouts():
        async with asyncio.timeout(60):
            async with asyncio.timeout(90):
                await asyncio.get_running_loop().create_future()

    async def completed_async():
        async for future in asyncio.as_completed(naps()):
            pass

    async def main():
        global cancelled
        cancelled = asyncio.Event()
        waits = [gather, wait, shield, shielded_gather, wait_for_task, wait_for_gather,
                 wait_for_shield, wait_for_item, cancelling, completed, condition]
        if sys.version_info >= (3, 11):
            waits += [barrier, group, timeouts]
        if sys.version_info >= (3, 13):
            waits.append(completed_async)
        tasks = [asyncio.ensure_future(one()) for one in waits]
        await cancelled.wait()          # by then all others wait
        print('all wait')
        os._exit(0)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `a lane names the function of asyncio in which it waits, its members and its limit`(
    interpreter: Interpreter
  ) throws {
    let found = try file.reasons(Self.waits, interpreter)
      .mapValues {
        $0.replacing(/nap\(\)(#\d+)?/, with: "nap()")
          .replacing(/until\ \d+\.\d{3} s/, with: "until then")
      }
    let nap = "nap() (SLEEPING)"
    let timed = "nap() (SLEEPING until then)"
    let naps = "0 of 2 are done; open: \(timed), \(timed)"
    let limit = "; its time is up"
    #expect(found["gather()"] == "for a gather: \(naps)")
    #expect(found["wait()"] == "in wait(): \(naps)\(limit)")
    #expect(found["condition()"] == "for condition 1 to be notified")
    if interpreter.minor >= 7 {
      #expect(found["shield()"] == "for a shield: \(nap)")
      #expect(found["shielded_gather()"] == "for a shield: \(naps)")
      #expect(
        found["completed()"]
          == "for the next in as_completed(): 0 of 3 are done; open: \(timed), \(timed), \(timed)")
    } else {
      #expect(found["shield()"]?.hasPrefix("for future ") == true)
      #expect(found["completed()"]?.hasPrefix("for an item in queue ") == true)
    }
    if interpreter.minor >= 12 {
      #expect(found["wait_for_task()"] == "for the task nap()\(limit)")
      #expect(found["wait_for_gather()"] == "for a gather: \(naps)\(limit)")
      #expect(found["wait_for_shield()"] == "for a shield: \(nap)\(limit)")
      #expect(found["wait_for_item()"] == "for an item in queue 1 (0 items)\(limit)")
      #expect(found["cancelling()"] == "for the task stubborn()")
    } else {
      #expect(found["wait_for_task()"] == "in wait_for(): \(nap)\(limit)")
      #expect(found["wait_for_gather()"] == "in wait_for(): \(naps)\(limit)")
      if interpreter.minor >= 7 {
        #expect(found["wait_for_shield()"] == "in wait_for(): \(nap)\(limit)")
      }
      #expect(found["wait_for_item()"] == "in wait_for(): Queue.get() (waiting)\(limit)")
      #expect(found["Queue.get()"]?.hasPrefix("for an item in queue ") == true)
    }
    if interpreter.minor >= 7, interpreter.minor < 12 {
      #expect(found["cancelling()"] == "for what it has cancelled: stubborn() (SLEEPING)")
    }
    if interpreter.minor >= 11 {
      #expect(found["barrier()"] == "at barrier 1 (1 of 2 have come)")
      #expect(found["group()"] == "for a task group: \(naps)")
      #expect(found["timeouts()"]?.hasSuffix(limit) == true)
    }
    if interpreter.minor >= 13 {
      #expect(found["completed_async()"] == "for the next in as_completed(): \(naps)")
    }
  }

  @Test(arguments: Interpreters.installed.filter { $0.minor >= 8 })
  func `each server that is opened says where, not the first alone`(interpreter: Interpreter) throws
  {
    let script = """
      import asyncio
      async def main():
          for _ in range(3):
              server = await asyncio.start_server(print, '127.0.0.1', 0)
              server.close()
      asyncio.run(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let waits = timeline.events.indices.compactMap { index in
      if case .coroutineSuspended(timeline.laneID(at: 0), let wait, _) = timeline.events[index].fact
      {
        timeline.phrase(wait, at: index + 1)
      } else {
        nil
      }
    }
    #expect(waits.count { $0 == "to open 127.0.0.1:0" } == 3, "\(waits)")
  }
}
