import Foundation
import PythonSupport
import Testing
import Trace

@testable import Python

/// How coroutines have ended of which no task tells, on every interpreter that is installed.
@Suite(.whereInterpretersAre)
struct CoroutineEndTests {
  private let file = ProgramFile()
  private static let modern = Interpreters.installed.filter {
    !$0.version.hasPrefix("3.6.") && !$0.version.hasPrefix("3.7.")
  }

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
    for state in timeline.lastStates {
      #expect(state.hasSuffix(state.hasPrefix("main()") ? " failed" : " done"))
    }
  }

  @Test(arguments: Interpreters.installed)
  func `an async generator that is left is closed by the loop, and has then returned`(
    interpreter: Interpreter
  ) throws {
    let script = try ProgramFile.corpus("async_generator_left")
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let states = timeline.lastStates.filter {
      $0.hasPrefix("waits(") || $0.hasPrefix("does_not(")
    }
    #expect(states.sorted() == ["does_not() done", "waits() done"])
    let lines = timeline.printed(on: .stdout).split(separator: "\n").map(String.init)
    #expect(lines == ["closed at once", "[1, 1]", "closed"])
  }

  @Test(arguments: modern)
  func `one that a cancellation ended is cancelled, whoever stands above the one that caught it`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def slow():
          await asyncio.sleep(60)
      async def catches():
          try:
              await slow()
          except asyncio.CancelledError:
              return 1
      async def passes():
          return await catches()
      async def main():
          task = asyncio.ensure_future(passes())
          await asyncio.sleep(0)
          task.cancel()
          await task
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    #expect(
      timeline.lastStates == ["main() done", "passes() done", "catches() done", "slow() cancelled"])
  }

  @Test(arguments: modern)
  func `a coroutine tells how it ended though its awaiter goes on within the step`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def returns(value):
          await asyncio.sleep(0)
          try:
              raise KeyError('caught')
          except KeyError as error:
              return [value, error]
      async def raises():
          await asyncio.sleep(0)
          raise ValueError('mine')
      async def lets_through():
          async with asyncio.Lock():
              await raises()
      async def makes_two():
          await asyncio.sleep(0)
          mine, other = ValueError('mine'), KeyError('other')
          raise mine
      async def looks_up():
          await asyncio.sleep(0)
          return {}['missing']
      async def sleeps():
          await asyncio.sleep(9)
      async def is_cancelled():
          await sleeps()
      async def fails():
          await looks_up()
      async def main():
          await returns(1)
          try:
              await lets_through()
          except ValueError:
              pass
          try:
              await makes_two()
          except ValueError:
              pass
          failing, sleeping = asyncio.ensure_future(fails()), asyncio.ensure_future(is_cancelled())
          await asyncio.sleep(0.01)
          sleeping.cancel()
          await asyncio.wait([failing, sleeping])
          failing.exception()
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let ends = timeline.events.compactMap { event -> String? in
      switch event.fact {
      case .coroutineReturned(let lane, _): "\(timeline.label(of: lane)) returned"
      case .coroutineCancelled(let lane): "\(timeline.label(of: lane)) cancelled"
      case .coroutineRaised(let lane, let exception, _):
        "\(timeline.label(of: lane)) raised \(timeline.text(exception))"
      default: nil
      }
    }
    #expect(
      ends == [
        "returns(1) returned", "raises() raised ValueError: mine",
        "lets_through() raised ValueError: mine",
        "makes_two() raised \(interpreter.minor >= 12 ? "ValueError: mine" : "an exception")",
        "looks_up() raised KeyError: 'missing'",
        "fails() raised KeyError: 'missing'", "sleeps() cancelled", "is_cancelled() cancelled",
        "main() returned",
      ])
  }

  @Test(arguments: Interpreters.installed.filter { !$0.version.hasPrefix("3.6.") })
  func `lanes of tasks that are made all at once stand in the order of their making`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def nap(number):
          await asyncio.sleep(0.01)
      async def main():
          await asyncio.gather(*[nap(number) for number in range(2000)])
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let labels = timeline.laneIDs().map(timeline.label(of:))
    #expect(labels == ["main()"] + (0..<2000).map { "nap(\($0))" })
  }

  @Test(arguments: Interpreters.installed.filter { $0.minor >= 12 })
  func `none is lost or given up while garbage is collected all the time`(
    interpreter: Interpreter
  ) throws {
    let script = try ProgramFile.corpus("collections_all_the_time")
    let timeline = try file.start(script, interpreter).runToEnd()
    var ends: [LaneState: Int] = [:]
    for lane in timeline.laneIDs() where timeline.label(of: lane).hasPrefix("nap(") {
      ends[timeline.state(of: lane, at: timeline.events.count), default: 0] += 1
    }
    #expect(ends == [.done: 1400, .neverAwaited: 200])
  }

  @Test(arguments: modern)
  func `async generators are seen to be made, to go on and to end`(interpreter: Interpreter) throws
  {
    let script = try ProgramFile.corpus("async_generator")
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    let lines = timeline.events.compactMap { event -> String? in
      guard case .coroutineCreated(let lane, _, let parent, _) = event.fact else { return nil }
      let state = timeline.state(of: lane, at: timeline.events.count)
      return "\(timeline.label(of: lane)) by \(timeline.label(of: parent)) \(state)"
    }.filter { $0.hasPrefix("numbers(") || $0.hasPrefix("fetch") }
    // Whether the one that is left is cancelled as it is closed, only an exact end tells.
    #expect(
      lines.map { $0.replacing("cancelled", with: "done") } == [
        "numbers(3) by main() done", "fetch(0) by numbers(3) done", "fetch(1) by numbers(3) done",
        "fetch(2) by numbers(3) done", "numbers(2) by main() done",
        "fetch(0)#2 by numbers(2) done", "fetch(1)#2 by numbers(2) done",
        "numbers(5) by main() done", "fetch(0)#3 by numbers(5) done",
        "numbers(5)#2 by main() done", "fetch(0)#4 by numbers(5)#2 done",
      ])
  }

  @Test(arguments: Interpreters.installed)
  func `a lane stands under whoever made it, though nothing told of that as it happened`(
    interpreter: Interpreter
  ) throws {
    let script = """
      import asyncio
      async def leaf(number):
          await asyncio.sleep(0.001)
      async def order(number):
          kept = [leaf(number), leaf(number + 10)]
          await leaf(number + 20)
          await asyncio.gather(*kept, leaf(number + 30))
          await leaf(number + 40)
      async def main():
          first, second = order(1), order(2)
          await first
          await second
          await order(3)
      loop = asyncio.new_event_loop()
      asyncio.set_event_loop(loop)
      loop.run_until_complete(main())
      """
    let source = try file.start(script, interpreter)
    let timeline = source.runToEnd()
    for event in timeline.events {
      guard case .coroutineCreated(let lane, _, let parent, _) = event.fact else { continue }
      let label = timeline.label(of: lane)
      let maker = parent == .none ? "nobody" : timeline.label(of: parent)
      switch label.prefix(while: { $0 != "(" }) {
      case "main": #expect(maker == "nobody")
      case "order": #expect(maker == "main()", "\(label)")
      default:
        let number = try #require(Int(label.dropFirst(5).dropLast()))
        #expect(maker == "order(\(number % 10))", "\(label)")
      }
    }
    #expect(timeline.laneCount == 19)
  }
}
