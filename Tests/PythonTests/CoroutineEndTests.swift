import Foundation
import PythonSupport
import Testing
import Trace

@testable import Python

/// How coroutines have ended of which no task tells, on every interpreter that is installed.
@Suite(.whereInterpretersAre)
struct CoroutineEndTests {
  private let file = ProgramFile()

  @Test(arguments: Interpreters.installed)
  func `a coroutine that is kept when it has run within a step is told as ended`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def meow(number):
          return number
      async def main():
          kept = [meow(1), meow(2), meow(3)]
          for one in kept:
              await one
          kept.append(meow(4))
          await asyncio.sleep(0.01)
          await kept[3]
          raise ValueError(kept)
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    #expect(timeline.laneCount >= 2)
    let end = timeline.events.count
    for place in 0..<timeline.laneCount {
      let lane = timeline.laneID(at: place)
      let isMain = timeline.label(of: lane) == "main()"
      #expect(timeline.state(of: lane, at: end) == (isMain ? .failed : .done))
    }
  }

  @Test(arguments: Interpreters.installed)
  func `an async generator that is left is closed by the loop, and has then returned`(
    interpreter: Interpreter
  ) throws {
    let script = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "corpus/async_generator_left.py"), encoding: .utf8)
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let states = (0..<timeline.laneCount).map(timeline.laneID(at:)).map {
      "\(timeline.label(of: $0)) \(timeline.state(of: $0, at: timeline.events.count))"
    }.filter { $0.hasPrefix("waits()") || $0.hasPrefix("does_not()") }
    #expect(states.sorted() == ["does_not() done", "waits() done"])
    let lines = timeline.printed(on: .stdout).split(separator: "\n").map(String.init)
    #expect(lines == ["closed at once", "[1, 1]", "closed"])
  }
}
