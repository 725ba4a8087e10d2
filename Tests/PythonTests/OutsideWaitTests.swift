import PythonSupport
import Testing

@testable import Python

/// What of the outside the lanes of real programs wait for, in the words of the screen.
@Suite(.whereInterpretersAre)
struct OutsideWaitTests {
  private let file = ProgramFile()

  static let outside = """
    import asyncio, functools, os, socket, sys, time

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    def work(seconds):
        time.sleep(seconds)

    async def handler(reader, writer):
        await asyncio.sleep(60)

    async def serve(server):
        await server.serve_forever()

    async def read(port):
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        await reader.readline()

    async def write(port):
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        await answer(writer)

    async def answer(writer):
        writer.write(b'x' * 20000000)
        await writer.drain()

    def sock(kind=socket.SOCK_STREAM):
        result = socket.socket(socket.AF_INET, kind)
        result.setblocking(False)
        return result

    async def accept():
        listener = sock()
        listener.bind(('127.0.0.1', 0))
        listener.listen()
        await loop.sock_accept(listener)

    async def receive(port):
        one = sock()
        await loop.sock_connect(one, ('127.0.0.1', port))
        await loop.sock_recv(one, 10)

    async def send():
        one, other = socket.socketpair()
        one.setblocking(False)
        await loop.sock_sendall(one, b'x' * 20000000)

    async def unix(path):
        reader, writer = await asyncio.open_unix_connection(path)
        await reader.read()

    async def process():
        await (await asyncio.create_subprocess_exec('sleep', '60')).wait()

    async def output():
        pipe = asyncio.subprocess.PIPE
        await (await asyncio.create_subprocess_exec('sleep', '60', stdout=pipe)).stdout.read()

    async def communicate():
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec('sleep', '60', stdout=pipe)
        await process.communicate()

    async def executor():
        await loop.run_in_executor(None, functools.partial(work, seconds=60))

    async def thread():
        await asyncio.to_thread(work, 60)

    async def builtin(path):
        await loop.run_in_executor(None, functools.partial(open, path))

    class Job:
        def __init__(self):
            work(60)

    async def made():
        await loop.run_in_executor(None, Job)

    library = '''
    class Pool:
        async def get(self, future):
            await future
        async def __aenter__(self):
            await self.get(loop.create_future())
        async def __aexit__(self, *error):
            pass
    async def results(coroutine):
        yield await coroutine
    '''
    import textwrap
    exec(compile(textwrap.dedent(library), '/site-packages/pool.py', 'exec'))

    async def nap():
        await asyncio.sleep(60)

    class Deferred:
        def __await__(self):
            yield self

    async def by_hand():
        await Deferred()

    async def pooled():
        async with Pool():
            pass

    async def main():
        server = await asyncio.start_server(handler, '127.0.0.1', 0)
        port = server.sockets[0].getsockname()[1]
        path = '/tmp/loopscope-%d' % os.getpid()
        unix_server = await asyncio.start_unix_server(handler, path)
        waits = [serve(server), read(port), write(port), accept(), receive(port), send(), unix(path),
                 process(), output(), communicate(), executor(), made(), pooled(),
                 results(nap()).__anext__()]
        driven = by_hand()
        (lambda: driven.send(None))()
        os.mkfifo(path + '.fifo')
        waits.append(builtin(path + '.fifo'))
        if sys.version_info >= (3, 9):
            waits.append(thread())
        tasks = [asyncio.ensure_future(one) for one in waits]
        await asyncio.sleep(0.4)
        os.unlink(path)
        os.unlink(path + '.fifo')
        print('all wait')
        os._exit(0)

    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed.filter { $0.minor >= 8 })
  func `a lane names the socket, the process or the function for which it waits`(
    interpreter: Interpreter
  ) throws {
    let found = try file.reasons(Self.outside, interpreter)
    func words(_ name: String) -> String? { found.first { $0.key.hasPrefix("\(name)(") }?.value }
    #expect(words("serve") == "to accept on 127.0.0.1:PORT")
    #expect(words("read") == "to read from 127.0.0.1:PORT")
    #expect(words("answer") == "to write to 127.0.0.1:PORT", "it waits for nothing before")
    #expect(words("accept") == "to accept on 127.0.0.1:PORT")
    #expect(words("receive") == "to read from 127.0.0.1:PORT")
    #expect(words("send") == "to write to a socket")
    #expect(words("unix")?.hasPrefix("to read from /tmp/loopscope-") == true)
    #expect(words("process") == "for the process PID (sleep)")
    #expect(words("output") == "to read from PID (sleep)")
    #expect(words("communicate")?.hasPrefix("for the process PID (sleep)") == true)
    #expect(words("executor") == "for work in a thread")
    #expect(words("thread") == (interpreter.minor >= 9 ? "for work in a thread" : nil))
    #expect(words("builtin") == "for open in a thread")
    #expect(words("made") == "for Job in a thread")
    if interpreter.minor >= 12 {
      #expect(words("by_hand") == "for a Deferred")
    }
    #expect(words("results.asend")?.hasPrefix("results.asend() is awaiting nap()") == true)
    #expect(words("pooled") == "in Pool.get()")
  }

  private static let own = """
    import asyncio, os

    async def handler(reader, writer):
        await asyncio.sleep(60)

    async def read(port):
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        await reader.readline()

    async def process():
        await (await asyncio.create_subprocess_exec('sleep', '60')).wait()

    async def main():
        server = await asyncio.start_server(handler, '127.0.0.1', 0)
        queue = asyncio.Queue()
        waiting = read(server.sockets[0].getsockname()[1]), process(), queue.get(), asyncio.Event().wait()
        tasks = [asyncio.ensure_future(one) for one in waiting]     # or they may be collected
        await asyncio.sleep(0.4)
        print('all wait')
        os._exit(0)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())
    """

  @Test(arguments: Interpreters.installed.filter { $0.minor >= 8 })
  func `with scope all, asyncio's own lanes say what they wait for`(interpreter: Interpreter) throws
  {
    let found = try file.reasons(Self.own, interpreter, scope: .all)
    func words(_ name: String) -> String? {
      found.first { $0.key.hasPrefix("\(name)(") || $0.key.contains(".\(name)(") }?.value
    }
    #expect(words("_wait_for_data") == "to read from 127.0.0.1:PORT")
    #expect(words("_wait") == "for the process PID (sleep)")
    #expect(words("get") == "for an item in queue 1 (0 items)")
    #expect(found.values.contains { $0.hasPrefix("for event 1 to be set") })
  }
}
