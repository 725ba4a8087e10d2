import PythonSupport
import Testing

@testable import Python

/// In which of a library's functions the lanes of real programs wait, in the words of the screen.
@Suite(.whereInterpretersAre)
struct LibraryWaitTests {
  private let file = ProgramFile()

  private static let library = """
    import asyncio, contextvars, os, sys, tempfile, time

    LIBRARY = '''
    import asyncio

    class Connection:
        async def receive(self):
            await asyncio.get_event_loop().create_future()

        async def answer(self):
            return await self.receive()

    async def serve(handler):
        await handler()

    class Handle:
        __slots__ = 'coroutine'

        def __init__(self, coroutine):
            self.coroutine = coroutine

        async def run(self):
            await self.coroutine
    '''

    ANYIO = '''
    class TaskGroup:
        def __init__(self, *tasks):
            self._tasks = set(tasks)

        async def __aexit__(self, *error):
            await asyncio.get_event_loop().create_future()

    async def run_sync_in_worker_thread(func, args):
        await asyncio.sleep(0)
        await asyncio.get_event_loop().create_future()
    '''
    exec(compile(ANYIO, '/site-packages/anyio/_backends/_asyncio.py', 'exec'))

    async def handler():
        await asyncio.Lock().acquire()
        await inner()

    async def inner():
        await asyncio.get_event_loop().create_future()

    async def direct():
        await asyncio.get_event_loop().create_future()

    async def group():
        await TaskGroup(asyncio.ensure_future(member())).__aexit__()

    async def member():
        await asyncio.get_event_loop().create_future()

    async def held():
        await asyncio.get_event_loop().create_future()

    async def within():
        await library.Connection().answer()

    async def limited():
        await asyncio.wait_for(library.Connection().answer(), 60)

    def work():
        time.sleep(60)

    async def thread():
        context = contextvars.copy_context()
        await asyncio.get_event_loop().run_in_executor(None, context.run, work)

    async def resolver():
        await asyncio.get_event_loop().run_in_executor(None, getaddrinfo, b'cats.example', 80)

    def getaddrinfo(host, port):
        time.sleep(60)

    async def main():
        waits = (direct(), within(), limited(), thread(), resolver(), library.serve(handler),
                 library.Connection().receive(), library.Handle(held()).run(),
                 run_sync_in_worker_thread(work, ()), group())
        tasks = [asyncio.ensure_future(one) for one in waits]
        await asyncio.sleep(0.05)
        print('all wait')
        os._exit(0)

    folder = os.path.join(tempfile.mkdtemp(), 'site-packages')
    os.mkdir(folder)
    with open(os.path.join(folder, 'library.py'), 'w') as file:
        file.write(LIBRARY)
    sys.path.insert(0, folder)
    import library
    os.remove(file.name)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed.filter { $0.minor >= 7 })
  func `a lane names the function of a library that awaits a future, and what a thread does for it`(
    interpreter: Interpreter
  ) throws {
    let found = try file.reasons(Self.library, interpreter)
    #expect(found["direct()"]?.hasPrefix("for future ") == true)
    #expect(found["within()"] == "in Connection.receive()")
    if interpreter.minor >= 12 {
      #expect(found["limited()"] == "in Connection.receive(); its time is up")
    }
    #expect(found["serve(…)"]?.contains("is awaiting handler() directly") == true)
    #expect(found["handler()"]?.contains("is awaiting inner() directly") == true)
    #expect(found["Connection.receive()"] == "in Connection.receive()")
    #expect(found["Handle.run(held())"]?.contains("is awaiting held() directly") == true)
    #expect(found["group()"] == "for a task group: member() (waiting)")
    #expect(found["run_sync_in_worker_thread(…)"] == "for work in a thread")
    #expect(found["thread()"] == "for work in a thread")
    #expect(found["resolver()"] == "for getaddrinfo for cats.example:80 in a thread")
  }
}
