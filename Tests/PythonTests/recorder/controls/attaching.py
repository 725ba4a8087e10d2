"""A recorder that comes while the program runs, and leaves before it ends."""

import os
import select
import signal
import socket
import subprocess
import tempfile
import time

import validate
from controls.running import check_stream, events_of, rewritten, version, Watched, written
from interpreters import PATIENCE
from joined import RECORDER

# What the recorder replaces stands in these.
SNAPSHOT = '''
import _posixsubprocess, _thread, asyncio, gc, logging, os, signal, sys, threading, time, traceback, warnings
from asyncio import base_events, events, futures, locks, queues, selector_events, tasks

def snapshot():
    owners = [_posixsubprocess, _thread, os, signal, sys, threading, time, traceback, warnings, base_events,
              events, tasks, base_events.BaseEventLoop, selector_events.BaseSelectorEventLoop,
              events.Handle, events.TimerHandle, locks.Lock, locks.Event, locks.Semaphore,
              locks.Condition, queues.Queue, sys.stdout, sys.stderr, loop._selector]
    found = {(number, name): id(value) for number, owner in enumerate(owners)
             for name, value in vars(owner).items() if not name.startswith('__') or name == '__init__'}
    for key in [key for key in found if key[1] == '_check_closed_in_thread']:
        del found[key]              # a thread may be about to ask for it
    monitoring = getattr(sys, 'monitoring', None)
    found['tools'] = [monitoring.get_tool(tool) for tool in range(6)] if monitoring else None
    found['others'] = (len(gc.callbacks), len(sys.meta_path), len(base_events.logger.filters),
                       type(loop._ready), base_events.BaseEventLoop.call_soon_threadsafe.__code__)
    return found
'''

STOPS = SNAPSHOT + '''
async def leaf(number):
    await asyncio.sleep(0.001)
    return number

async def numbers():
    for number in range(3):
        yield await leaf(number)

async def work(queue, lock):
    async with lock:
        queue.put_nowait(await leaf(1))
    async for number in numbers():
        await queue.get()
        queue.put_nowait(number)
    await asyncio.gather(leaf(2), leaf(3))
    print('worked')

async def main():
    queue, lock = asyncio.Queue(), asyncio.Lock()
    other = asyncio.ensure_future(work(queue, lock))
    await asyncio.sleep(0)
    sys.path.insert(0, sys.argv[1])
    import loopscope_recorder
    loop.call_soon(len, ())
    before = snapshot()
    for path in sys.argv[3:]:
        loopscope_recorder.start(path, detail=sys.argv[2])
        await asyncio.ensure_future(work(queue, lock))
        loop.call_soon(print, 'called')
        loopscope_recorder.stop()
        loopscope_recorder.stop()
        after = snapshot()
        assert after == before, {key for key in set(before) | set(after)
                                 if before.get(key) != after.get(key)}
        await work(queue, lock)
    await other

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_stopped(python, script):
    """Nothing of the recorder is left, and it may start once more."""
    with tempfile.TemporaryDirectory() as folder:
        for detail in 'all', 'tasks':
            paths = [os.path.join(folder, detail + name) for name in ('1.jsonl', '2.jsonl')]
            said = subprocess.check_output(
                [python, '-c', STOPS, os.path.dirname(RECORDER), detail] + paths, timeout=PATIENCE)
            assert said == b'worked\n' * 2 + b'called\n' + b'worked\n' * 2 + b'called\n' + b'worked\n', said
            for path in paths:
                problems, counts = validate.check(path)
                assert not problems and counts['tn'] >= 1 and 'le' not in counts, (path, problems, counts)
                last, = list(events_of(validate.contents(path)))[-1:]
                assert last[0] == 'pm' and last[2].startswith('The recording was stopped'), last


# As `sys.remote_exec` does from 3.14 on, something is executed in the midst of what the program does.
ATTACHED = '''
import asyncio, collections, signal, sys, types
MET = []
PATH, SOCKET = sys.argv[1:3]

def attach(*arguments):
    import _socket
    link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    link.connect(SOCKET)
    recorder = types.ModuleType('loopscope_recorder')
    recorder.__file__ = '<loopscope>/loopscope_recorder.py'
    with open(PATH) as file:
        exec(compile(file.read(), recorder.__file__, 'exec', dont_inherit=True), vars(recorder))
    recorder.PATIENCE = 1
    MET.append(recorder)
    try:
        recorder.attach(link, detail=sys.argv[3])
    except RuntimeError as error:
        link.sendall(str(error).encode())
    link.close()

signal.signal(signal.SIGUSR1, attach)

async def ticker():
    await asyncio.sleep(0.01)
    print('ready', flush=True)
    while True:
        await asyncio.sleep(0.01)
        if '--storm' in sys.argv:
            print('x' * 5000, file=sys.stderr)
            if MET and type(asyncio.get_event_loop()._ready) is collections.deque:
                print('let alone', flush=True)
                sys.argv.remove('--storm')

async def stopper():
    loop = asyncio.get_event_loop()
    with await loop.run_in_executor(None, open, 0) as file:
        print(await loop.run_in_executor(None, file.read), end='')

async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    works = [asyncio.ensure_future(work) for work in (ticker(), lock.acquire(), asyncio.sleep(1000))]
    await stopper()
    for work in works:
        work.cancel()

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


class Program:
    """A program that runs by itself, and can be attached to."""

    def __init__(self, python, folder, detail, *options):
        self.door = socket.socket(socket.AF_UNIX)
        path = os.path.join(folder, 'socket')
        self.door.bind(path)
        self.door.listen(1)
        self.door.settimeout(PATIENCE)
        script = rewritten(os.path.join(folder, 'program.py'), ATTACHED)
        self.process = subprocess.Popen(
            [python, script, RECORDER, path, detail] + list(options), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.process.stdout.readline() == b'ready\n'

    def attach(self):
        self.process.send_signal(signal.SIGUSR1)
        return Watched(self.door.accept()[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()
        self.door.close()

    def finish(self):
        """Lets it end; what it says by then, and how it ends."""
        said, _ = self.process.communicate(b'bye\n', 20)
        return said, self.process.returncode


def test_attached(python, script):
    """A program is met as it stands, held, stepped and let alone, and met again."""
    with tempfile.TemporaryDirectory() as folder, Program(python, folder, 'all') as program:
        for _ in range(2):
            seen = program.attach()
            seen.until(lambda: seen.count('lt') > 2)
            before = seen.events()[:[event[0] for event in seen.events()].index('lt')]
            waits = {event[4] for event in before if event[0] == 'cw'}
            has_locks = b'3.6' not in version(python)
            assert waits == {'sleep', 'thread'} | ({'lock'} if has_locks else set()), waits
            kinds = {event[0] for event in before}
            assert 'ht' in kinds and ('rc' in kinds) == has_locks, before
            seen.send('hold')
            seen.until(lambda: seen.count('lh') == 1)
            handles = seen.count('he')
            for number in range(1, 4):
                seen.send('step')
                seen.until(lambda: seen.count('lh') == number + 1)
                assert seen.count('he') == handles + number
            seen.send('leave')
            seen.finish()
            assert seen.events()[-1][0] == 'pm', seen.events()[-1]
            check_stream(seen)
        assert program.finish() == (b'bye\n', 0)


def test_attached_twice(python, script):
    """Who comes second is sent away with a word, and the first one hears the end."""
    with tempfile.TemporaryDirectory() as folder, Program(python, folder, 'all') as program:
        first = program.attach()
        first.until(lambda: first.count('lt') > 1)
        second = program.attach()
        second.finish()
        assert second.data == b'it is being recorded already', second.data
        assert program.finish() == (b'bye\n', 0)
        first.finish()
        assert first.count('le') == 1
        check_stream(first)


def test_attached_and_left_behind(python, script):
    """A program that is held goes on when the one who held it is gone."""
    for detail in 'all', 'tasks':
        with tempfile.TemporaryDirectory() as folder, Program(python, folder, detail) as program:
            for _ in range(2):
                seen = program.attach()
                while not seen.data.startswith(b'{'):       # it has not noticed yet that it was left
                    if not seen.receive():
                        seen = program.attach()
                seen.send('hold')
                seen.until(lambda: seen.count('lh') == 1)
                seen.socket.close()
            assert program.finish() == (b'bye\n', 0)


def test_attached_and_not_read(python, script):
    """A program does not wait for long for one who reads nothing."""
    with tempfile.TemporaryDirectory() as folder, Program(python, folder, 'all', '--storm') as program:
        seen = program.attach()
        seen.until(lambda: seen.count('lt') > 1)
        assert select.select([program.process.stdout], [], [], 20)[0], 'it still waits'
        assert program.process.stdout.readline() == b'let alone\n'
        assert program.finish() == (b'bye\n', 0)
        seen.finish()


BY_SIGNALS = '''
import asyncio, os, signal, sys
sys.path.insert(0, sys.argv[1])
import loopscope_recorder

async def ticker():
    while not os.path.exists(sys.argv[2] + '.enough'):
        await asyncio.sleep(0.005)

async def main():
    loop = asyncio.get_event_loop()
    loop.add_signal_handler(signal.SIGUSR1, loopscope_recorder.start, sys.argv[2])
    loop.add_signal_handler(signal.SIGUSR2, loopscope_recorder.stop)
    print('ready', flush=True)
    await asyncio.gather(ticker(), ticker())
    print('done')

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_recorded_by_signals(python, script):
    """As docs/python.md shows for programs that cannot be attached to."""
    with written(BY_SIGNALS) as (path, program), subprocess.Popen(
            [python, program, os.path.dirname(RECORDER), path], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout.readline() == b'ready\n'
            for _ in range(2):
                process.send_signal(signal.SIGUSR1)
                wait_until(lambda: os.path.exists(path + '.part') and b'["lt"' in validate.contents(path + '.part'))
                process.send_signal(signal.SIGUSR2)
                wait_until(lambda: os.path.exists(path) and not os.path.exists(path + '.part'))
                problems, counts = validate.check(path)
                assert not problems and counts['tn'] == 3, (problems, counts)
            open(path + '.enough', 'w').close()
            assert process.communicate(timeout=PATIENCE)[0] == b'done\n' and process.returncode == 0
        finally:
            process.kill()


SERVED = '''
import asyncio, sys
sys.path.append(sys.argv[1])
import loopscope_recorder, mine
loopscope_recorder.start(sys.argv[2])
asyncio.new_event_loop().run_until_complete(mine.main())
'''


def test_started_in_a_module(python, script):
    """A server's module that loads the user's: files are named as from where it was started, and those
    of its environment as they are imported, although that stands in the same folder."""
    with tempfile.TemporaryDirectory() as folder:
        installed = os.path.join(folder, 'environment', 'site-packages')
        os.makedirs(os.path.join(installed, 'served'))
        rewritten(os.path.join(installed, 'served', '__main__.py'), SERVED)
        rewritten(os.path.join(folder, 'mine.py'), 'async def main():\n    print(main)\n')
        path = os.path.join(folder, 'run.jsonl')
        subprocess.check_output(
            [python, '-m', 'served', os.path.dirname(RECORDER), path], cwd=folder, timeout=PATIENCE,
            env=dict(os.environ, PYTHONPATH=installed))
        recording = validate.contents(path)
        assert b'"mine.py"' in recording and b'"served/__main__.py"' in recording, recording


def wait_until(condition):
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, 'waited for %d seconds' % PATIENCE
        time.sleep(0.005)


FORGOTTEN = """
import asyncio, gc, os, socket, sys, types, weakref
with open(sys.argv[1]) as file:
    CODE = compile(file.read(), '<loopscope>/loopscope_recorder.py', 'exec', dont_inherit=True)
recorders = []

def attach():
    ours, theirs = socket.socketpair()
    recorder = types.ModuleType('loopscope_recorder')
    recorder.__file__ = '<loopscope>/loopscope_recorder.py'
    exec(CODE, vars(recorder))
    recorders.append(weakref.ref(recorder.finish))
    try:
        recorder.attach(theirs)
    except RuntimeError as error:
        print(error)
    theirs.close()
    return ours

def descriptors():
    return len(os.listdir('/dev/fd'))

async def main():
    await asyncio.sleep(0.001)
    before = descriptors()
    for _ in range(3):
        first = attach()
        attach().close()
        await asyncio.sleep(0.001)
        first.shutdown(socket.SHUT_WR)
        while first.recv(65536):
            await asyncio.sleep(0.001)
        first.close()
        await asyncio.sleep(0.001)
    if not os.fork():
        os._exit(0)
    print(os.wait()[1])
    first = None
    monitoring = getattr(sys, 'monitoring', None)
    for tool in range(6) if monitoring else ():
        if monitoring.get_tool(tool) is None:
            monitoring.use_tool_id(tool, 'another')
    if monitoring:
        attach().close()
    # From 3.8 on, where there is a lock, a thread may be about to ask for what the last one had called so.
    if sys.version_info >= (3, 8) and getattr(sys, '_is_gil_enabled', lambda: True)():
        del asyncio.BaseEventLoop._check_closed_in_thread
    gc.collect()
    print(descriptors() - before, sum(recorder() is not None for recorder in recorders))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
"""


def test_attached_and_forgotten(python, script):
    """Neither who has left, nor who was refused, leaves a descriptor or a recorder behind."""
    said = subprocess.check_output([python, '-c', FORGOTTEN, RECORDER], timeout=PATIENCE).decode().splitlines()
    taken = [line for line in said if line.startswith('others have taken all tools')]
    assert all(line.endswith('--detail tasks needs none') for line in taken), said
    rest = [line for line in said if line not in taken]
    assert rest == ['it is being recorded already'] * 3 + ['0', '0 0'], said
