import Insight
import PythonSupport
import Testing
import Trace

@testable import Python

/// What is told of real programs with bugs that people meet.
@Suite(.whereInterpretersAre)
struct BugTests {
  private let file = ProgramFile()

  static let threads = """
    import asyncio, sys, threading, time

    def idles(frame):
        return frame is not None and (frame.f_code.co_name == 'select' or idles(frame.f_back))

    def later(call, *arguments):
        def run():
            seen = 0
            while seen < 5:         # the loop idles, and nothing else wakes it
                time.sleep(0.002)
                seen = seen + 1 if idles(sys._current_frames()[main_thread]) else 0
            call(*arguments)
            loop.call_soon_threadsafe(len, '')
        threading.Thread(target=run).start()

    async def resolved():
        future = loop.create_future()
        later(future.set_result, 1)
        await future

    async def gets():
        queue = asyncio.Queue()
        later(queue.put_nowait, 1)
        await queue.get()

    async def fails():
        future = loop.create_future()
        later(future.set_exception, ValueError('no'))
        try:
            await future
        except ValueError:
            pass

    async def rightly():
        future = loop.create_future()
        later(loop.call_soon_threadsafe, future.set_result, 1)
        await future

    async def in_executor():
        await loop.run_in_executor(None, len, 'abc')

    async def from_thread():
        def submit():
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()
        await loop.run_in_executor(None, submit)

    async def main():
        for one in (resolved, gets, fails, rightly, in_executor, from_thread):
            await one()

    main_thread = threading.get_ident()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `what another thread resolved without call_soon_threadsafe is told, and nothing else`(
    interpreter: Interpreter
  ) throws {
    let found = try file.found("another thread", in: Self.threads, interpreter)
    func words(_ what: String) -> String {
      "another thread or a signal handler \(what) without call_soon_threadsafe(), "
        + "which alone wakes the loop"
    }
    #expect(
      found == [
        "fails(): " + words("resolved a future"), "gets(): " + words("gave a turn at queue 1"),
        "resolved(): " + words("resolved a future"),
      ])
  }

  static let stuck = """
    import asyncio, os

    async def takes(inbox, outbox):
        while True:
            item = await inbox.get()
            for _ in range(3):
                await outbox.put(item)

    async def feeds(inbox, outbox):
        while True:
            await outbox.put(await inbox.get())

    async def misses(event):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await event.wait()

    async def pulses(event):
        event.set()
        event.clear()

    async def joins(queue):
        await queue.put(1)
        await queue.get()
        await queue.join()

    async def main():
        event = asyncio.Event()
        one, two = asyncio.Queue(1), asyncio.Queue(1)
        started = [asyncio.ensure_future(each) for each in (
            takes(one, two), feeds(two, one), misses(event), pulses(event), joins(asyncio.Queue()))]
        await one.put(1)
        await asyncio.sleep(0.05)
        print('all wait')
        os._exit(0)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed)
  func `who waits says what became of those who might let it go on`(
    interpreter: Interpreter
  ) throws {
    let found = try file.reasons(Self.stuck, interpreter)
      .mapValues { $0.replacing(/at [\d.]+ s/, with: "at …") }
    func reason(_ name: String) -> String? { found.first { $0.key.hasPrefix(name) }?.value }
    func says(_ name: String, _ words: String) -> Bool {
      reason(name)?.replacing(/\((…|<.*?>)(, (…|<.*?>))?\)/, with: "()") == words
    }
    let taken = "which took from it last, is waiting for room in"
    #expect(
      says("takes", "for room in queue 2 (1 of 1 items); feeds(), \(taken) queue 1 (1 of 1 items)"))
    #expect(
      says("feeds", "for room in queue 1 (1 of 1 items); takes(), \(taken) queue 2 (1 of 1 items)"))
    #expect(
      says(
        "misses",
        "for event 1 to be set; pulses() set it last, at …, and cleared it in the same step"))
    #expect(
      reason("joins") == "for everything in queue 3 to be dealt with "
        + "(0 items; task_done() is still to be called)")
  }

  static let ended = """
    import asyncio, gc

    async def is_lost():
        await asyncio.get_event_loop().create_future()

    async def cleans_up():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(60)

    async def is_left():
        await asyncio.sleep(60)

    async def main():
        asyncio.ensure_future(is_lost())
        await asyncio.sleep(0)
        gc.collect()
        task = asyncio.ensure_future(cleans_up())
        asyncio.ensure_future(is_left())
        await asyncio.sleep(0.01)
        while not task.done():
            task.cancel()
            await asyncio.sleep(0.01)

    asyncio.run(main())
    """

  @Test(arguments: Interpreters.installed.filter { $0.minor >= 7 })
  func
    `a second cancellation names the first, and what came with the end or with the loss of a task too`(
      interpreter: Interpreter
    ) throws
  {
    let timeline = try file.start(Self.ended, interpreter).runToEnd()
    func reason(_ name: String) throws -> String {
      let lane = try #require(
        timeline.laneIDs(at: timeline.events.count).first { timeline.label(of: $0) == name })
      let text = why(lane, at: timeline.events.count, in: timeline)?.state.first?.text ?? ""
      return text.replacing(/step \d+/, with: "step …").replacing(/[\d.]+ s,/, with: "…,")
    }
    let end = ", and a CancelledError ended it at …, in step …."
    #expect(
      try reason("cleans_up()")
        == "cleans_up() is cancelled: it was cancelled by main() in step …, "
        + "having gone on when it was cancelled by main() in step …" + end)
    #expect(
      try reason("is_left()")
        == "is_left() is cancelled: it was cancelled once main() was over, after step …" + end)
    let lost = try reason("is_lost()")
    // Up to 3.11 it is over before anybody sees it raise.
    let place = interpreter.minor >= 12 ? " (at line 4)" : ""
    #expect(
      lost == "is_lost() failed at …, in step …: it raised GeneratorExit\(place), for its task was "
        + "destroyed: nothing referred to that any more.")
  }
}
