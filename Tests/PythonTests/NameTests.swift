import Insight
import PythonSupport
import Testing
import Trace

@testable import Python

/// What coroutines and callbacks of real programs are called, and by whom they were made.
@Suite(.whereInterpretersAre)
struct NameTests {
  private let file = ProgramFile()

  @Test(arguments: Interpreters.installed)
  func `a callback names the function that it is to call, a coroutine of C the generator it is of`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio, functools

      class Server:
          def run(self, callback):
              callback()

      async def numbers():
          while True:
              yield 1
              await asyncio.sleep(0)

      async def main():
          loop = asyncio.get_event_loop()
          loop.call_later(60, Server().run, functools.partial(print, 1))
          loop.call_later(60, Server().run, None)
          generator = numbers()
          await asyncio.ensure_future(generator.__anext__())
          await asyncio.ensure_future(generator.aclose())
          print('done')

      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let printed = Int(try #require(timeline.outputs.first))
    let timers = timeline.timers(at: printed, limit: 10).handles.compactMap(timeline.handle)
    #expect(
      timers.map { timeline.phrase($0) } == [
        "the callback Server.run(print)", "the callback Server.run",
      ])
    let lanes = timeline.laneIDs().map(timeline.label(of:))
    #expect(Set(lanes).isSuperset(of: ["numbers.asend()", "numbers.aclose()"]), "\(lanes)")
  }

  @Test(arguments: Interpreters.installed)
  func `a coroutine that is awaited is the child of the one that awaits it`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio

      async def inner(number):
          await asyncio.sleep(0)

      async def middle(number):
          await inner(number)

      async def outer(number):
          await middle(number)

      async def main():
          for number in range(200):
              await asyncio.gather(outer(number), outer(number))

      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let timeline = try file.start(script, interpreter).runToEnd()
    let lanes = timeline.laneIDs()
    func name(_ lane: LaneID) -> Substring { timeline.label(of: lane).prefix { $0 != "(" } }
    let parents = Set(lanes.map { "\(name($0)) \(name(timeline.lane($0)?.parent ?? .none))" })
    #expect(parents.isSuperset(of: ["inner middle", "middle outer", "outer main"]))
    #expect(!parents.contains { $0.hasPrefix("inner ") && $0 != "inner middle" })
  }

  @Test(arguments: Interpreters.installed.filter { $0.minor >= 8 })
  func `a coroutine that a thread makes while a step runs is none of that step's`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio, threading

      async def made():
          await asyncio.sleep(0)

      async def busy(thread):
          thread.start()
          thread.join()

      async def main():
          loop = asyncio.get_running_loop()
          futures = []
          hand_in = lambda: futures.append(asyncio.run_coroutine_threadsafe(made(), loop))
          await busy(threading.Thread(target=hand_in))
          await asyncio.wrap_future(futures[0])

      asyncio.run(main())
      """
    let timeline = try file.start(script, interpreter).runToEnd()
    let parents = timeline.laneIDs().compactMap { lane in
      timeline.lane(lane).map { "\(timeline.label(of: lane)) \($0.parent.rawValue)" }
    }
    #expect(parents.contains("made() 0"), "\(parents)")
  }
}
