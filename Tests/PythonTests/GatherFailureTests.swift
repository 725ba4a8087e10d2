import PythonSupport
import Testing

@testable import Python

/// What is told of the failures that gather keeps to itself, in real programs.
@Suite(.whereInterpretersAre)
struct GatherFailureTests {
  private let file = ProgramFile()

  static let gathers = """
    import asyncio

    async def fails(name, turns):
        for _ in range(turns):
            await asyncio.sleep(0)
        raise ValueError(name)

    async def gathers(*members, **options):
        try:
            await asyncio.gather(*members, **options)
        except ValueError:
            await asyncio.sleep(0.01)

    async def awaited():
        task = asyncio.ensure_future(fails('awaited', 9))
        await gathers(fails('first', 1), task)
        try:
            await task
        except ValueError:
            pass

    async def waited():
        task = asyncio.ensure_future(fails('waited', 9))
        other = asyncio.ensure_future(asyncio.wait([task]))
        await gathers(fails('first', 1), task)
        await other

    async def main():
        await gathers(fails('first', 1), fails('late', 5))
        await gathers(fails('first', 1), fails('told', 5), return_exceptions=True)
        await waited()

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `who failed when its gather was over is told, and who was waited for otherwise is not`(
    interpreter: Interpreter
  ) throws {
    let words = "it failed when the gather that waited for it was over, which tells nobody"
    let found = try file.found("the gather", in: Self.gathers, interpreter)
    #expect(found.map { $0.drop { $0 != ":" } } == [": \(words): ValueError: late (at line 6)"])
  }

  static let together = """
    import asyncio

    async def fails(go, name):
        await go
        raise ValueError(name)

    async def gathers(*names, **options):
        go = asyncio.get_event_loop().create_future()
        asyncio.get_event_loop().call_later(0.001, go.set_result, None)
        try:
            await asyncio.gather(*[fails(go, name) for name in names], **options)
        except ValueError:
            pass

    async def awaited():
        go = asyncio.get_event_loop().create_future()
        tasks = [asyncio.ensure_future(fails(go, 'awaited')) for _ in range(2)]
        waits = asyncio.ensure_future(asyncio.wait(tasks))
        await asyncio.sleep(0)
        go.set_result(None)
        try:
            await asyncio.gather(*tasks)
        except ValueError:
            pass
        await waits

    async def main():
        await gathers('first', 'second', 'third', 'fourth', 'fifth')
        await gathers('alone')
        await gathers('told', 'told', return_exceptions=True)
        await awaited()

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `who had failed when its gather did, but not first, is told once for all`(
    interpreter: Interpreter
  ) throws {
    let words = "it had failed too when its gather did, which tells of the first alone"
    let found = try file.found("gather did", in: Self.together, interpreter)
    #expect(found.count == 1)
    let text = try #require(found.first).drop { $0 != ":" }
    #expect(text.hasPrefix(": \(words): ValueError: "))
    #expect(text.contains("; so had fails("))
    #expect(text.hasSuffix(" and 1 more"))
  }
}
