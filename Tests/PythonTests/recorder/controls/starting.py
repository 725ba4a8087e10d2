"""A recorder that a program starts itself, in the midst of what it does."""

import os
import subprocess
import tempfile

import validate
from controls.running import events_of, is_exact, version
from interpreters import PATIENCE
from joined import RECORDER

STARTS = '''
import asyncio, sys, threading
stop = threading.Event()
threading.Thread(target=stop.wait).start()
sys.path.insert(0, sys.argv[1])
import loopscope_recorder
loopscope_recorder.start(sys.argv[2], detail=sys.argv[3])

async def main():
    await asyncio.get_event_loop().run_in_executor(None, len, 'abc')
    stop.set()

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_started_beside_a_thread(python, script):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'run.jsonl')
        for detail in 'all', 'tasks':
            subprocess.run([python, '-c', STARTS, os.path.dirname(RECORDER), path, detail],
                           check=True, timeout=PATIENCE)
            problems, counts = validate.check(path)
            assert not problems and counts['cv'] >= 1, (problems, counts)


LATER = '''
import asyncio, sys
sys.path.insert(0, sys.argv[1])
import loopscope_recorder

async def leaf(number):
    await asyncio.sleep(0.001 * number)
    return number

async def counting():
    return [await leaf(number) for number in range(3)]

async def main():
    queue, lock = asyncio.Queue(), asyncio.Lock()
    await lock.acquire()
    works = [asyncio.ensure_future(work) for work in (counting(), queue.get(), lock.acquire())]
    await asyncio.sleep(0)
    works.append(asyncio.ensure_future(leaf(1)))
    loopscope_recorder.start(sys.argv[2])
    await leaf(2)
    lock.release()
    queue.put_nowait('an item')
    await asyncio.gather(*works)
    try:
        loopscope_recorder.start(sys.argv[2])
    except RuntimeError:
        print('once')

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_started_in_a_loop(python, script):
    """What waits by then is told as it stands, and the handle that runs begins."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'run.jsonl')
        said = subprocess.check_output([python, '-c', LATER, os.path.dirname(RECORDER), path], timeout=PATIENCE)
        problems, counts = validate.check(path)
        assert not problems and said == b'once\n', (problems, said)
        before = []
        for event in events_of(validate.contents(path)):
            if event[0] == 'lt':
                break
            before.append(event)
        waits = sorted(event[4] for event in before if event[0] == 'cw')
        in_generators = [] if b'3.6' in version(python) else ['lock', 'queue_get']
        assert waits == in_generators + ['sleep', 'yield'], waits
        assert [event[0] for event in before].count('tn') == counts['tn'] == 5, counts


TOOLS_TAKEN = '''
import asyncio, sys
sys.path.insert(0, sys.argv[1])
import loopscope_recorder

for tool in range(1, 5):
    sys.monitoring.use_tool_id(tool, 'another')
try:
    loopscope_recorder.start(sys.argv[2])
except RuntimeError as error:
    print(error)
loopscope_recorder.start(sys.argv[2], detail='tasks')
asyncio.run(asyncio.sleep(0))
'''


def test_tools_taken(python, script):
    """Where nothing can tell of coroutines it says so, and may start with tasks only."""
    with tempfile.TemporaryDirectory() as folder:
        if not is_exact(python):
            return
        path = os.path.join(folder, 'run.jsonl')
        command = [python, '-c', TOOLS_TAKEN, os.path.dirname(RECORDER), path]
        said = subprocess.check_output(command, timeout=PATIENCE)
        assert said.startswith(b'others have taken all tools of sys.monitoring'), said
        problems, counts = validate.check(path)
        assert not problems and counts['tn'] >= 1, (problems, counts)


WITHIN = '''
import asyncio, sys
sys.path.insert(0, sys.argv[1])
import loopscope_recorder

async def innermost():
    loop.call_soon(print, 'never').cancel()
    loopscope_recorder.start(sys.argv[2])
    await asyncio.sleep(0)

async def middle():
    await innermost()

async def awaited():
    await middle()

async def main():
    await asyncio.ensure_future(awaited())

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_started_within_coroutines(python, script):
    """The task that runs is one though another one waits for it, and so is each coroutine within it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'run.jsonl')
        subprocess.check_call([python, '-c', WITHIN, os.path.dirname(RECORDER), path], timeout=PATIENCE)
        problems, counts = validate.check(path)
        assert not problems and counts['tn'] == 2, (problems, counts)
        assert counts['cn'] == 4, counts
        with open(path) as file:
            assert '"print"' not in file.read()


BESIDE = '''
import asyncio, sys, threading
sys.path.insert(0, sys.argv[1])
import loopscope_recorder
begun, started = threading.Event(), threading.Event()
in_step = len(sys.argv) > 4

async def leaf(number):
    await asyncio.sleep(0.001)
    return number

async def numbers():
    yield 1
    await leaf(1)
    yield 2

async def listing():
    async for number in numbers():
        if number == 1:
            await waiting()
    return await leaf(number)

async def waiting():
    if in_step:
        begun.set()
        started.wait()
        return await leaf(2)
    loop.call_soon(begun.set)
    while not started.is_set():
        await leaf(3)

async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    works = [asyncio.ensure_future(work) for work in (listing(), lock.acquire())]
    await works[0]
    lock.release()
    await works[1]
    await asyncio.ensure_future(leaf(4))

def run():
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main())

loop = asyncio.new_event_loop()
thread = threading.Thread(target=run)
thread.start()
begun.wait()
try:
    loopscope_recorder.start(sys.argv[2], clock='virtual')
except RuntimeError:
    print('not now')
loopscope_recorder.start(sys.argv[2], detail=sys.argv[3])
if not in_step:
    met = threading.Event()
    loop.call_soon_threadsafe(met.set)
    met.wait()
started.set()
thread.join()
'''


def test_started_beside_a_loop(python, script):
    """A loop that runs in another thread is told from then on, in the midst of a step too."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'run.jsonl')
        for arguments in ['all'], ['all', 'in a step'], ['tasks'], ['tasks', 'in a step']:
            said = subprocess.check_output(
                [python, '-c', BESIDE, os.path.dirname(RECORDER), path] + arguments, timeout=PATIENCE)
            problems, counts = validate.check(path)
            assert not problems and said == b'not now\n', (problems, said)
            if arguments[0] == 'tasks':
                assert counts['tn'] == counts['cs'] == counts['cv'] == 4, counts
                continue
            told = {}
            for event in events_of(validate.contents(path)):
                if event[0] == 'cn':
                    told[event[2]] = [event[3]]
                elif event[0] in ('cs', 'cv'):
                    told[event[2]].append(event[0])
            found = [name for name, *rest in told.values() if rest == ['cs', 'cv']]
            for name in 'main()', 'listing()', 'waiting()', 'leaf(1)', 'leaf(4)':
                assert name in found, (arguments, name, told)


ENDS = '''
import asyncio, sys, threading
sys.path.insert(0, sys.argv[1])
import loopscope_recorder
loopscope_recorder.start(sys.argv[2])
goes_on = True
printed = threading.Barrier(4)

async def work():
    print('.')
    printed.wait()
    while goes_on:
        print('.')
        await asyncio.sleep(0)

def run():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    loop.close()

threads = [threading.Thread(target=run) for _ in range(3)]
for thread in threads:
    thread.start()
printed.wait()
loopscope_recorder.finish()
loopscope_recorder.real_sleep(0.05)
goes_on = False
for thread in threads:
    thread.join()
'''


def test_threads_after_the_end(python, script):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'run.jsonl')
        subprocess.run([python, '-c', ENDS, os.path.dirname(RECORDER), path], check=True, timeout=PATIENCE,
                       stdout=subprocess.DEVNULL)
        problems, counts = validate.check(path)
        assert not problems and counts['po'] >= 3, (problems, counts)
