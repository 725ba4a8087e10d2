import Insight
import PythonSupport
import Testing
import Trace

@testable import Python

/// Which tasks of a real program are said to have swallowed a cancellation.
@Suite(.whereInterpretersAre)
struct SwallowedCancellationTests {
  private let file = ProgramFile()

  static let program = """
    import asyncio, sys

    async def goes_on():
        try:
            await asyncio.sleep(60)
        except BaseException:
            pass
        await asyncio.sleep(0)

    async def returns():
        try:
            await asyncio.gather(asyncio.sleep(60), asyncio.sleep(60))
        except asyncio.CancelledError:
            return 'partial'

    async def swallows():
        try:
            await asyncio.Event().wait()
        except BaseException:
            return None

    async def loops():
        await swallows()
        await asyncio.sleep(0)

    async def stops():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            pass

    async def cleans_up():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)

    async def waits(task):
        return await task

    async def reaps():
        task = asyncio.ensure_future(asyncio.sleep(60))
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            await asyncio.sleep(0)
        return 'reaped'

    async def waits_for():
        try:
            await asyncio.wait_for(asyncio.sleep(60), 0.01)
        except asyncio.TimeoutError:
            await asyncio.sleep(0)
        return 'late'

    async def has_a_timeout():
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(60)
        except asyncio.TimeoutError:
            await asyncio.sleep(0)
        return 'late'

    async def takes_it_back():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            asyncio.current_task().uncancel()
            await asyncio.sleep(0)
        return 'once more'

    async def fails():
        await asyncio.sleep(0)
        raise ValueError

    async def has_a_group():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fails())
                await asyncio.sleep(60)
        except BaseException:
            await asyncio.sleep(0)
        return 'failed'

    async def main():
        cancelled = [goes_on(), returns(), loops(), stops(), cleans_up()]
        rest = [reaps(), waits_for()]
        if sys.version_info >= (3, 11):
            cancelled.append(takes_it_back())
            rest += [has_a_timeout(), has_a_group()]
        cancelled = [asyncio.ensure_future(one) for one in cancelled]
        cancelled.append(asyncio.ensure_future(waits(asyncio.ensure_future(swallows()))))
        rest = [asyncio.ensure_future(one) for one in rest]
        await asyncio.sleep(0.01)
        for task in cancelled:
            task.cancel()
        await asyncio.gather(*(cancelled + rest), return_exceptions=True)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `who was cancelled and went on is told, from 3_11 on, and nobody else`(
    interpreter: Interpreter
  ) throws {
    let timeline = try file.start(Self.program, interpreter).runToEnd()
    #expect(timeline.contradictionCount == 0)
    #expect(timeline.markers.isEmpty, "the recorder has a fault")
    let found = findings(at: timeline.events.count, in: timeline, standstills: [])
      .filter { $0.text.contains("swallowed") }
      .map { finding in
        timeline.label(of: finding.lane) + " "
          + finding.text.replacing(/in step \d+, but swallowed the CancelledError/, with: "…")
      }
    let expected = [
      "goes_on() was cancelled by main() …, went on and returned",
      "loops() was cancelled by main() …, went on and returned",
      "returns() was cancelled by main() … and returned 'partial'",
    ]
    #expect(found.sorted() == (interpreter.minor >= 11 ? expected : []))
  }
}
