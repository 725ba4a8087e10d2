import PythonSupport
import Testing

@testable import Python

/// Who took the permits of a real program's semaphore.
@Suite(.whereInterpretersAre)
struct SemaphoreTests {
  private let file = ProgramFile()

  static let program = """
    import asyncio, os

    async def nap():
        async with bowls:
            await asyncio.sleep(60)

    async def outer():
        await nap()

    async def quick():
        async with bowls:
            await asyncio.sleep(0)

    async def next():
        await nap()

    async def last():
        await nap()

    async def lender():
        await spoons.acquire()
        await spoons.acquire()
        asyncio.get_event_loop().call_soon(spoons.release)

    async def borrower():
        for _ in range(3):
            await asyncio.sleep(0)
        await spoons.acquire()
        await spoons.acquire()

    async def main():
        global bowls, spoons
        bowls, spoons = asyncio.Semaphore(2), asyncio.BoundedSemaphore(2)
        tasks = [asyncio.ensure_future(one()) for one in (outer, quick, next, last, lender, borrower)]
        await asyncio.sleep(0.05)
        print('all wait')
        os._exit(0)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `a lane in line for a semaphore says which tasks took its permits, where that is certain`(
    interpreter: Interpreter
  ) throws {
    let found = try file.reasons(Self.program, interpreter)
    let taken = "to acquire semaphore 1 (2 of 2 taken by outer() and next())"
    #expect(found.values.filter { $0.hasPrefix("to acquire semaphore 1") } == [taken])
    #expect(found["borrower()"] == "to acquire semaphore 2 (2 of 2 taken)")
  }
}
