"""Checks what the recorder does beside recording: hold, go and step over a socket; the virtual
clock; limits; complaints; uvloop; a program that is killed; a full disk.

    python control.py [--python EXE ...]
"""

import argparse
import contextlib
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

import validate
from fidelity import CORPUS
from joined import RECORDER
from interpreters import chosen

TICKER = '''
import asyncio

async def ticker(name):
    for n in range(%d):
        print(name, n, flush=True)
        await asyncio.sleep(%s)

async def main():
    await asyncio.gather(ticker('a'), ticker('b'))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


class Child:
    """A program under the recorder, seen over its socket."""

    def __init__(self, python, script, *options):
        ours, theirs = socket.socketpair()
        self.socket = ours
        self.socket.settimeout(20)
        self.process = subprocess.Popen(
            [python, RECORDER, '--socket', str(theirs.fileno())] + list(options) + ['--', script],
            pass_fds=[theirs.fileno()], stdout=subprocess.PIPE)
        theirs.close()
        self.data = b''

    def send(self, command):
        self.socket.sendall(command.encode() + b'\n')

    def receive(self):
        data = self.socket.recv(65536)
        self.data += data
        return bool(data)

    def events(self):
        return list(events_of(self.data))

    def count(self, kind):
        return sum(event[0] == kind for event in self.events())

    def until(self, condition):
        while not condition():
            assert self.receive(), 'the recording ended too soon'

    def finish(self):
        while self.receive():
            pass
        self.socket.close()
        output = self.process.stdout.read()
        return output, self.process.wait(20)


TEXT_PLACES = {'cn': 3, 'cx': 3, 'fn': 3, 'tn': 4, 'hs': 4, 'po': 2, 'pw': 2, 'px': 2}


def events_of(recording):
    """The events of a recording's lines, with the texts that these name in place of their numbers."""
    expander, texts = validate.Expander(), {0: ''}
    for line in recording.decode('ascii').split('\n')[1:-1]:
        for event in expander.expanded(json.loads(line)):
            if event[0] == 's':
                texts[event[1]] = event[2]
                continue
            place = TEXT_PLACES.get(event[0], len(event))
            if place < len(event) and (event[0] != 'hs' or event[3] == 'function'):
                event[place] = texts[event[place]]
            yield event


def check_stream(child):
    with tempfile.NamedTemporaryFile() as file:
        file.write(child.data)
        file.flush()
        problems, _ = validate.check(file.name)
    assert not problems, problems


def test_step(python, script):
    child = Child(python, script, '--hold')
    child.until(lambda: child.count('lh') == 1)
    assert child.count('hb') == 0, 'a handle ran before go'
    for number in range(1, 8):
        child.send('step')
        child.until(lambda: child.count('lh') == number + 1)
        assert child.count('hb') == child.count('he') == number, child.events()
    child.send('go')
    output, status = child.finish()
    assert status == 0 and output.count(b'\n') == 6, (status, output)
    check_stream(child)


def test_hold_while_it_runs(python, script):
    child = Child(python, script)
    child.until(lambda: child.count('hb') > 2)
    child.send('hold')
    child.until(lambda: child.count('lh') == 1)
    begun, held_since = child.count('hb'), time.monotonic()
    child.socket.settimeout(0.3)
    try:
        child.receive()
        raise AssertionError('something happened while held')
    except socket.timeout:
        pass
    assert child.count('hb') == begun
    child.socket.settimeout(20)
    let_go = time.monotonic()
    child.send('go')
    output, status = child.finish()
    assert status == 0
    events = child.events()
    counted = sum(event[1] for event in events[[event[0] for event in events].index('lh') + 1:])
    held, after = let_go - held_since, time.monotonic() - let_go
    assert counted / 1e9 < after + held / 2, 'held time was counted: %r' % ((counted, held, after),)
    check_stream(child)


IN_THREADS = '''
import asyncio, threading
begun, done = threading.Event(), threading.Event()

def long():
    begun.set()
    done.wait()

async def one():
    asyncio.get_event_loop().call_soon(long)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

async def other():
    begun.wait()
    asyncio.get_event_loop().call_soon(done.set)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

def run(work):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())
    loop.close()

threads = [threading.Thread(target=run, args=(work,)) for work in (one, other)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
'''


def test_loops_in_threads(python, script):
    """Both are held, and each line that ends a handle names it if another has begun since."""
    child = Child(python, rewritten(script, IN_THREADS), '--hold')
    child.until(lambda: child.count('lh') == 1)
    assert child.count('hb') == 0, 'a handle ran before go'
    child.send('step')
    child.until(lambda: child.count('lh') == 2)
    assert child.count('hb') == 1, child.events()
    child.send('go')
    assert child.finish() == (b'', 0)
    check_stream(child)
    names, running, ends = {}, [], []
    for event in child.events():
        if event[0] == 'hs' and event[3] == 'function':
            names[event[2]] = event[4]
        elif event[0] == 'hb':
            running.append(event[2])
        elif event[0] == 'he':
            ends.append(running.pop(running.index(event[2]) if event[2:] else -1))
    told = [names[handle] for handle in ends if handle in names]
    assert told.index('Event.set') < told.index('long'), told


MANY_LOOPS = '''
import asyncio, threading
barrier = threading.Barrier(6)

async def naps():
    for _ in range(5):
        await asyncio.sleep(0)

def run():
    loop = asyncio.new_event_loop()
    barrier.wait()
    loop.run_until_complete(naps())
    loop.close()

threads = [threading.Thread(target=run) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
'''


def test_tasks_of_loops_in_threads(python, script):
    """All loops go on, though only one of the threads hears the word."""
    child = Child(python, rewritten(script, MANY_LOOPS), '--hold', '--detail', 'tasks')
    child.until(lambda: child.count('lh') == 1)
    child.send('go')
    assert child.finish() == (b'', 0)
    check_stream(child)


TALKERS = '''
import asyncio, sys, threading
sys.setswitchinterval(1e-6)

def talk(name):
    for number in range(200):
        print(name, number)

async def main():
    loop = asyncio.get_event_loop()
    await asyncio.gather(*[loop.run_in_executor(None, talk, name) for name in 'abc'])

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_threads_that_print(python, script):
    child = Child(python, rewritten(script, TALKERS))
    output, status = child.finish()
    assert status == 0
    check_stream(child)
    told = ''.join(event[2] for event in child.events() if event[0] == 'po')
    assert told == output.decode('ascii'), told


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
                           check=True, timeout=20)
            problems, counts = validate.check(path)
            assert not problems and counts['cv'] >= 1, (problems, counts)


def test_finalizers_that_print(python, script):
    """They come at any moment, and of each line is told at once."""
    child = Child(python, os.path.join(CORPUS, 'finalizers_print.py'))
    output, status = child.finish()
    assert status == 0 and output == b'a line\n' * 60, output
    check_stream(child)


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
        said = subprocess.check_output(command, timeout=20)
        assert said.startswith(b'others have taken all tools of sys.monitoring'), said
        problems, counts = validate.check(path)
        assert not problems and counts['tn'] >= 1, (problems, counts)


def test_started_in_a_loop(python, script):
    """What waits by then is told as it stands, and the handle that runs begins."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'run.jsonl')
        said = subprocess.check_output([python, '-c', LATER, os.path.dirname(RECORDER), path], timeout=20)
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
        subprocess.check_call([python, '-c', WITHIN, os.path.dirname(RECORDER), path], timeout=20)
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
                [python, '-c', BESIDE, os.path.dirname(RECORDER), path] + arguments, timeout=20)
            problems, counts = validate.check(path)
            assert not problems and said == b'not now\n', (problems, said)
            if arguments[0] == 'tasks':
                assert counts['tn'] == counts['cs'] == counts['cv'] == 1, counts
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
        subprocess.run([python, '-c', ENDS, os.path.dirname(RECORDER), path], check=True, timeout=20,
                       stdout=subprocess.DEVNULL)
        problems, counts = validate.check(path)
        assert not problems and counts['po'] >= 3, (problems, counts)


INTERRUPTED = '''
import sys, threading, time
threading.Thread(target=print, args=('one',)).start()
known = sys.stdout.write.__globals__
inside = 'write', 'in_time'
left = 0

def trace(frame, event, argument):
    global left
    if frame.f_globals is not known or frame.f_code.co_name not in inside:
        return None
    if sys.version_info >= (3, 10):     # before, an exception at some of them ends in a SystemError
        frame.f_trace_opcodes = True
    left -= event != 'call'
    if left == 0:
        raise KeyboardInterrupt
    return trace

for number in range(1, 200):
    left = number
    try:
        sys.settrace(trace)
        sys.stdout.write('two\\n')
        sys.settrace(None)
        break
    except KeyboardInterrupt:
        sys.settrace(None)
    assert not known['LOCK']._is_owned(), number
thread = threading.Thread(target=print, args=('three',))
begun = time.time()
thread.start()
thread.join()
assert time.time() - begun < 0.9 and number > 5, number
'''


def test_interrupted_print(python, script):
    """A Ctrl-C anywhere in what a print does among threads reaches the program, and leaves no lock."""
    with written(INTERRUPTED) as (path, program):
        result = record(python, program, path)
        assert result.returncode == 0, result.stderr.decode()
        problems, counts = validate.check(path)
        assert not problems and counts['po'] >= 3, (problems, counts)


WRITING = '''
import os, signal, sys
known = sys.stdout.write.__globals__
inside = ('flush', 'put_off_interrupts', 'let_interrupt', 'write_entries', 'write', 'identify',
          'send', 'pack')
left = interrupts = 0

def trace(frame, event, argument):
    global left
    if frame.f_globals is not known or frame.f_code.co_name not in inside:
        return None
    if sys.version_info >= (3, 10):     # before, an exception at some of them ends in a SystemError
        frame.f_trace_opcodes = True
    left -= event != 'call'
    if left == 0:
        os.kill(os.getpid(), signal.SIGINT)
    return trace

while left <= 0:
    left = interrupts + 1
    print('before', interrupts)
    try:
        sys.settrace(trace)
        known['flush']()
        sys.settrace(None)
    except KeyboardInterrupt:
        sys.settrace(None)
        interrupts += 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
print('in all', interrupts)
assert interrupts > 20
'''


def test_interrupted_writing(python, script):
    """A Ctrl-C anywhere in what writes the log reaches the program, and nothing is lost or told twice."""
    for name in 'run.jsonl', 'run.jsonl.gz':
        with written(WRITING, name) as (path, program):
            result = record(python, program, path)
            assert result.returncode == 0, result.stderr.decode()
            problems, counts = validate.check(path)
            assert not problems and counts['po'] == result.stdout.count(b'\n'), (problems, counts)


def test_reader_gone(python, script):
    child = Child(python, script, '--hold')
    child.until(lambda: child.count('lh') == 1)
    child.socket.close()
    child.process.communicate()
    assert child.process.returncode == -signal.SIGHUP, child.process.returncode


@contextlib.contextmanager
def written(program, name='run.jsonl'):
    """The paths of a recording and of a program, in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, 'program.py')
        yield os.path.join(folder, name), rewritten(script, program)


def rewritten(script, program):
    with open(script, 'w') as file:
        file.write(program)
    return script


def record(python, script, path, *options, **named):
    command = ([python] if isinstance(python, str) else python) + [
        RECORDER, '--output', path] + list(options) + ['--', script]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                          env=dict(os.environ, PYTHONHASHSEED='0'), **named)


def test_virtual_clock_is_deterministic(python, script):
    with written(TICKER % (3, '3600')) as (path, program):
        runs = []
        for _ in range(2):
            begun = time.time()
            record(python, program, path, '--clock', 'virtual')
            assert time.time() - begun < 20
            assert validate.check(path)[0] == []
            with open(path) as recording:
                runs.append(recording.read())
        assert runs[0] == runs[1]
        times = [json.loads(line) for line in runs[0].split('\n')[1:-1]]
        assert sum(line[1] for line in times if line[0] != 's') == 3 * 3600 * 10 ** 9


ALARMS = '''
import asyncio, signal, time
scale = %s

class Up(Exception):
    pass

def up(number, frame):
    raise Up

async def naps():
    while True:
        await asyncio.sleep(scale / 4)

def count(number, frame):
    counted.append(round((time.time() - begun) / scale))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
for work in (naps, lambda: asyncio.sleep(40 * scale), loop.create_future,
             lambda: asyncio.sleep(scale, 'slept')):
    signal.signal(signal.SIGALRM, up)
    begun = time.time()
    signal.setitimer(signal.ITIMER_REAL, 2 * scale)
    try:
        print(loop.run_until_complete(work()))
    except Up:
        print('up')
    signal.setitimer(signal.ITIMER_REAL, 0)
    print(round((time.time() - begun) / scale))
counted, begun = [], time.time()
signal.signal(signal.SIGALRM, count)
signal.setitimer(signal.ITIMER_REAL, scale, 2 * scale)
loop.run_until_complete(asyncio.sleep(6 * scale))
time.sleep(4 * scale)
print(counted)
signal.signal(signal.SIGALRM, signal.SIG_DFL)
loop.run_forever()
'''


def test_virtual_clock_and_alarms(python, script):
    """An alarm comes when it would, and ends what it would."""
    for scale in '20', '1000':
        with written(ALARMS % scale) as (path, program):
            result = record(python, program, path, '--clock', 'virtual')
            said = result.stdout.decode(), result.returncode
            expected = 'up\n2\n' * 3 + 'slept\n1\n[1, 3, 5, 7, 9]\n'
            assert said == (expected, -signal.SIGALRM), (said, result.stderr)
            problems, counts = validate.check(path)
            assert not problems and counts['lj'] > 10 and 'ls' not in counts, (problems, counts)


def test_killed(python, script, name='run.jsonl'):
    with written(TICKER % (500, '0.02'), name) as (path, program):
        process = subprocess.Popen([python, RECORDER, '--output', path, '--', program],
                                   stdout=subprocess.PIPE)
        for _ in range(12):
            process.stdout.readline()
        while validate.check(path + '.part', is_complete=False)[1].get('po', 0) < 12:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert not os.path.exists(path)
        problems, counts = validate.check(path + '.part', is_complete=False)
        assert not problems, problems
        assert counts['po'] >= 12, counts


def test_compressed(python, script):
    test_killed(python, script, 'run.jsonl.gz')
    with tempfile.TemporaryDirectory() as folder:
        sizes = []
        for name in 'run.jsonl', 'run.jsonl.gz', 'ring.jsonl.gz':
            path = os.path.join(folder, name)
            limit = ['--keep-last', '100'] if name.startswith('ring') else []
            assert record(python, script, path, *limit).returncode == 0
            problems, counts = validate.check(path)
            assert not problems and counts['le'] == 1, problems
            with open(path, 'rb') as file:
                gzipped = file.read()
            if name.endswith('.gz'):
                gzip.decompress(gzipped)            # every member of it is complete
            sizes.append(len(gzipped))
        assert sizes[1] < sizes[0], sizes


UVLOOP = '''
import asyncio, uvloop

async def child(number):
    await asyncio.sleep(0.01)
    return number

async def main():
    assert isinstance(asyncio.get_running_loop(), uvloop.Loop)
    print(await asyncio.gather(child(1), child(2)))

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
uvloop.install()
loop = uvloop.new_event_loop()
loop.run_until_complete(main())
'''


def test_uvloop(python, script):
    if subprocess.call([python, '-c', 'import uvloop'], stderr=subprocess.DEVNULL):
        return print('%s has no uvloop to be checked with' % python)
    with written(UVLOOP) as (path, program):
        plain = subprocess.run([python, program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for options, words, handles in (([], b'loop runs in its place', True),
                                        (['--keep-loop'], b'only its tasks are recorded', False)):
            result = record(python, program, path, *options)
            assert (result.returncode, result.stdout, result.stderr) == (0, plain.stdout, plain.stderr), result
            problems, counts = validate.check(path)
            assert not problems, problems
            assert counts['tn'] == counts['fd' if options else 'tn'] >= 6, counts
            assert bool(counts.get('hb')) == handles, counts
            assert validate.contents(path).count(words) == 1


PROCESSES = '''
import asyncio, multiprocessing, sys

def work():
    pass

def start():
    process = multiprocessing.get_context(sys.argv[1]).Process(target=work)
    process.start()
    process.join()

async def main():
    await asyncio.sleep(0)
    if 'in a loop' in sys.argv:
        start()

if __name__ == '__main__':
    if 'before' in sys.argv:
        start()
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()
'''


def test_other_processes(python, script):
    """A program that only starts other ones is told that those are not recorded."""
    with written(PROCESSES) as (path, program):
        for method in 'fork', 'spawn':
            for when in 'before', 'in a loop':
                subprocess.check_call(
                    [python, RECORDER, '--output', path, '--', program, method, when])
                problems, counts = validate.check(path)
                assert not problems, problems
                said = validate.contents(path).count(b'has started another process')
                # Up to 3.6, nothing tells of a fork.
                expected = when == 'before' and (method == 'spawn' or b'3.6' not in version(python))
                assert said == expected, (method, when, said)


def version(python):
    return subprocess.check_output([python, '-c', 'import sys; print(sys.version)'])


COMPLAINTS = '''
import asyncio, gc, time

async def forgotten(number):
    pass

async def failing():
    raise ValueError('no')

async def pending():
    await asyncio.get_event_loop().create_future()

async def kept_failing():
    raise ValueError('no')

async def taken():
    raise ValueError('no')

tasks = []

async def slow():
    time.sleep(0.15)

async def main():
    kept = forgotten(1)
    forgotten(2)
    for work in failing, pending:
        task = asyncio.ensure_future(work())
        await asyncio.sleep(0.01)
        del task
        gc.collect()
    await slow()
    await kept
    tasks.extend([asyncio.ensure_future(kept_failing()), asyncio.ensure_future(taken())])
    await asyncio.sleep(0.01)
    tasks[1].exception()

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.set_debug(True)
loop.run_until_complete(main())
'''


def test_complaints(python, script):
    """What asyncio complains of is told of the lane that it concerns."""
    with written(COMPLAINTS) as (path, program):
        assert record(python, program, path).returncode == 0
        assert validate.check(path)[0] == []
        names, said, failed = {0: ''}, [], []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] in ('pw', 'px'):
                said.append((event[2], names[event[3]]))
            elif event[0] == 'cx':
                failed.append((event[3], names[event[2]]))
        assert ('GeneratorExit', 'pending()') in failed, failed
        for words, lane in (('was never awaited', 'forgotten(2)'),
                            ('Task exception was never retrieved', 'failing()'),
                            ('Task exception was never retrieved', 'kept_failing()'),
                            ('Task was destroyed but it is pending', 'pending()'),
                            ('SlowCallback: a step took', 'slow()')):
            found = [name for text, name in said if words in text]
            # Before 3.12, a coroutine that ends within its step is not seen, nor its arguments if
            # it is never awaited.
            assert lane in found or 'main()' in found and lane == 'slow()' \
                or [name.partition('(')[0] for name in found] == ['forgotten'], (words, said)
        assert 'taken()' not in [name for _, name in said], said


IDENTITIES = '''
import asyncio, gc

async def nothing():
    pass

async def closed():
    pass

async def begun():
    await asyncio.sleep(0)

async def main(future):
    await asyncio.wait([asyncio.ensure_future(nothing())])
    try:
        await asyncio.wait_for(future, 0.01)
    except asyncio.TimeoutError:
        pass
    await asyncio.wait([future])
    for again in range(20):
        work = [closed() for number in range(10)]
        gc.collect()                # so that each is met
        [one.close() for one in work]
        await asyncio.gather(*[begun() for number in range(10)])

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main(loop.create_future()))
'''


def test_identities(python, script):
    """Nothing is taken for another, nor for two, once a wait for it was cancelled or it was closed."""
    with written(IDENTITIES) as (path, program):
        assert record(python, program, path).returncode == 0
        problems, counts = validate.check(path)
        assert not problems, problems
        names, ended, futures = {}, set(), []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] == 'cv':
                ended.add(event[2])
            elif event[0] == 'fn':
                futures.append(event[3])
        assert [names[lane] for lane in ended].count('begun()') == 200, names
        assert 'closed()' not in [names[lane] for lane in ended] or not is_exact(python), names
        # That of the test's, and that of the second wait(), whose member was done already.
        assert (futures.count('wait_for()'), futures.count('future')) == (1, 1) \
            or not is_exact(python), futures


def is_exact(python):
    return int(version(python).split(b'.')[1]) >= 12


def test_limits(python, script):
    with written(TICKER % (300, '0')) as (path, program):
        result = record(python, program, path, '--max-events', '500')
        assert result.returncode == 0 and result.stdout.count(b'\n') == 600
        problems, counts = validate.check(path)
        assert not problems and 300 <= sum(counts.values()) <= 4000, (problems, counts)
        for most in 1, 20:                  # what has a lane then goes on unseen
            result = record(python, program, path, '--max-events', str(most))
            problems, counts = validate.check(path)
            assert not problems and sum(counts.values()) <= 200 and counts['ld'] == 1, (problems, counts)
        for size in '10', '133', '1000':
            result = record(python, program, path, '--keep-last', size)
            assert result.returncode == 0 and result.stdout.count(b'\n') == 600
            problems, counts = validate.check(path)
            assert not problems, problems
            assert int(size) <= sum(counts.values()) <= int(size) + 40, counts
            assert counts['ld'] == 1 and counts['le'] == 1


HOLDER = '''
import asyncio, weakref

class Thing:
    pass

async def hold():
    thing = Thing()
    kept.append(weakref.ref(thing))
    for again in range(100):
        await asyncio.sleep(0)

async def main():
    await asyncio.gather(hold(), hold())
    await asyncio.sleep(0)
    print([thing() for thing in kept])

kept = []
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_nothing_is_kept_after_the_end(python, script):
    with written(HOLDER) as (path, program):
        result = record(python, program, path, '--max-events', '100')
        assert result.stdout == b'[None, None]\n', result.stdout


SERVER = '''
import asyncio

async def request(number):
    done = asyncio.Event()
    done.set()
    await done.wait()
    await asyncio.sleep(0)

async def connection():
    await asyncio.sleep(60)

async def accept():
    asyncio.ensure_future(connection())
    await asyncio.sleep(0)

async def main():
    for _ in range(3):
        await asyncio.ensure_future(accept())
    for number in range(2000):
        await asyncio.ensure_future(request(number))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_keep_last(python, script):
    """Of a server that goes on and on, what lives is kept, and nothing of what has gone."""
    with written(SERVER) as (path, program):
        record(python, program, path, '--keep-last', '200')
        problems, counts = validate.check(path)
        assert not problems, problems
        assert sum(counts.values()) < 400 and counts['rn'] < 40, counts
        assert validate.contents(path).count(b'"connection()"') == 1
        assert b'"?"' not in validate.contents(path)


def test_full_disk(python, script):
    limit = 'import resource, signal, sys, os; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);' \
            'resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));' \
            'os.execv(sys.argv[1], sys.argv[1:])'
    for options in [], ['--keep-last', '2000']:
        with written(TICKER % (300, '0')) as (path, program):
            result = subprocess.run(
                [sys.executable, '-c', limit, python, RECORDER, '--output', path] + options
                + ['--', program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert result.returncode == 0 and result.stdout.count(b'\n') == 600 and not result.stderr
            with open(path + '.part', 'rb') as recording:
                whole = recording.read().rpartition(b'\n')[0] + b'\n'
            with open(path, 'wb') as recording:
                recording.write(whole)
            problems, counts = validate.check(path, is_complete=False)
            assert not problems and sum(counts.values()) > 300, problems


def test_refusals(python, script):
    for arguments in (['--output'], ['x.py'], ['--output', 'o'], ['--clock', 'wrong', 'x.py'],
                      ['--output', 'o', '--hold', 'x.py'], ['--nonsense', 'x.py'],
                      ['--output', 'no/such/folder', 'x.py']):
        result = subprocess.run([python, RECORDER] + arguments, stderr=subprocess.PIPE)
        assert result.returncode == 2, arguments
        assert result.stderr.startswith(b'loopscope_recorder cannot start: '), result.stderr
        assert result.stderr.count(b'\n') == 1
    without_lock = 'import runpy, sys; sys._is_gil_enabled = lambda: False; runpy.run_path(%r)'
    result = subprocess.run([python, '-c', without_lock % RECORDER], stderr=subprocess.PIPE)
    assert result.returncode == 2 and b'set PYTHON_GIL=1.\n' in result.stderr, result.stderr


def test_other_files_are_spared(python, script):
    """A recording replaces an earlier one, in whatever form, and nothing else."""
    with written("print('kept')") as (path, program):
        link = os.path.join(os.path.dirname(path), 'link')
        os.symlink(path, link)
        for name in path, path, path + '.gz', path + '.gz', link, path:
            assert record(python, program, name).returncode == 0, name
        assert os.path.islink(link) and validate.check(path)[0] == []
        os.replace(path + '.gz', path)
        assert record(python, program, path).returncode == 0
        open(path, 'w').close()
        assert record(python, program, path).returncode == 0
        with open(path + '.gz', 'wb') as other:
            other.write(gzip.compress(b'no recording'))
        for name in program, path + '.gz', os.path.dirname(path), os.devnull:
            before = name == program and open(name).read()
            result = record(python, program, name)
            assert (result.returncode, result.stdout) == (2, b''), result
            said = 'loopscope_recorder cannot start: the recording %s cannot be created: there is a ' \
                   'file of that name that is no recording. Choose another name.\n' % name
            assert result.stderr.decode() == said, result.stderr
            assert before == (name == program and open(name).read())
            assert not os.path.exists(name + '.part')


TASKS = '''
import asyncio

async def child(number):
    await asyncio.sleep(0)
    if number == 1:
        raise ValueError('no')
    if number == 2:
        await asyncio.sleep(60)
    return number

async def main():
    tasks = [asyncio.ensure_future(child(number)) for number in range(3)]
    await asyncio.sleep(0.01)
    tasks[2].cancel()
    tasks.append(asyncio.ensure_future(child(3)))
    tasks[3].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if hasattr(tasks[0], 'set_name'):
        asyncio.get_running_loop().create_task(child(4), name='named')
        await asyncio.sleep(0.01)
        print('named')

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_detail_tasks(python, script):
    """Each task is told with its maker and its name, its first step, and how it ended."""
    with written(TASKS) as (path, program):
        for options in [], ['--keep-last', '1000']:
            result = record(python, program, path, '--detail', 'tasks', *options)
            assert result.returncode == 0
            problems, counts = validate.check(path)
            assert not problems, problems
            names, told = [], {}
            for event in events_of(validate.contents(path)):
                if event[0] == 'cn':
                    told[event[2]] = [event[3], event[4]]
                elif event[0] == 'tn':
                    names.append(event[4])
                elif event[0] in ('cs', 'cw', 'cv', 'cx', 'cc'):
                    told[event[2]].append(event[0])
            has_names = result.stdout == b'named\n'
            assert ('named' in names) == has_names, names
            begun = ['child()', 1, 'cs', 'cw']
            expected = [['main()', 0, 'cs', 'cw', 'cv'], begun + ['cv'], begun + ['cx'], begun + ['cc'],
                        ['child()', 1, 'cc']] + [begun + ['cv']] * has_names
            assert [told[lane] for lane in sorted(told)] == expected, told


EAGER_TASKS = '''
import asyncio

async def quick():
    return 1

async def slow():
    await asyncio.sleep(0.001)

async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(work()) for work in (quick, slow, quick, slow)]
    await asyncio.gather(*tasks)

asyncio.run(main())
'''


def test_detail_eager_tasks(python, script):
    """An eager task that ends in its first step is not told, and no later one is taken for it."""
    if not is_exact(python):            # then there are none
        return
    with written(EAGER_TASKS) as (path, program):
        assert record(python, program, path, '--detail', 'tasks').returncode == 0
        assert validate.check(path)[0] == []
        kinds = [event[0] for event in events_of(validate.contents(path))]
        assert kinds.count('cn') == kinds.count('cs') == kinds.count('cv') == 5, kinds


NESTED_EAGER_TASKS = '''
import asyncio

async def outer():
    await asyncio.create_task(slow())

async def slow():
    await asyncio.sleep(0)

async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    for _ in range(20):
        await asyncio.gather(*[asyncio.create_task(outer()) for _ in range(3)])

asyncio.run(main())
'''


def test_detail_nested_eager_tasks(python, script):
    """A task that an eager one makes before it is told itself has no maker; nor has one at its address."""
    if not is_exact(python):
        return
    with written(NESTED_EAGER_TASKS) as (path, program):
        assert record(python, program, path, '--detail', 'tasks').returncode == 0
        problems, counts = validate.check(path)
        assert not problems and counts['cv'] == counts['cn'] == 123, (problems, counts)


LOST_TASKS = '''
import asyncio, gc, sys

class Loop(asyncio.SelectorEventLoop):
    def create_task(self, coro, **kwargs):
        return asyncio.Task(coro, loop=self)

async def lost():
    await asyncio.Event().wait()

async def found():
    await asyncio.sleep(0)

async def refused():
    raise SystemExit

async def main(makes_its_own):
    for is_told in [makes_its_own, True] * 10:
        task = asyncio.ensure_future(lost())
        await asyncio.sleep(0)
        task._log_destroy_pending = is_told
        del task
        gc.collect()
        await asyncio.ensure_future(found())
    if sys.version_info >= (3, 14) and not makes_its_own:
        task = asyncio.create_task(lost())
        await asyncio.sleep(0)
        del task
        gc.collect()
        try:
            asyncio.create_task(refused(), eager_start=True)
        except SystemExit:
            gc.collect()

for loop in Loop(), asyncio.SelectorEventLoop():
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda *arguments: None)
    loop.run_until_complete(main(isinstance(loop, Loop)))
    loop.close()
'''


def test_detail_lost_tasks(python, script):
    """A task at the address of one that died while it waited is met, whoever makes it, and is not
    taken for that one."""
    with written(LOST_TASKS) as (path, program):
        assert record(python, program, path, '--detail', 'tasks').returncode == 0
        problems, counts = validate.check(path)
        assert not problems, problems
        names, ended, culprits = {}, [], []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] in ('cv', 'cx', 'cc'):
                ended.append(names[event[2]])
            elif event[0] == 'px':
                culprits.append(event[3])
        made = list(names.values())
        assert (made.count('main()'), made.count('found()')) == (2, 40), names
        assert sorted(ended) == ['found()'] * 40 + ['main()'] * 2, ended
        assert 'found()' not in [names[lane] for lane in culprits if lane], culprits
        assert len(culprits) == len(set(culprits)), culprits


LAZY = '''
import asyncio, sys

async def main():
    await asyncio.sleep(0)

print(getattr(sys, 'get_lazy_imports', lambda: 'all')())
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_lazy_imports(python, script):
    """A program's imports may all be lazy. (Before 3.15 the option does nothing.)"""
    with written(LAZY) as (path, program):
        result = record([python, '-X', 'lazy_imports=all'], program, path)
        said = result.returncode, result.stdout, result.stderr
        assert said == (0, b'all\n', b''), said
        problems, counts = validate.check(path)
        assert not problems and counts['cs'] == 1, (problems, counts)


TRANSPORTS = '''
import asyncio, sys

async def serve(reader, writer):
    writer.close()

async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    address = server.sockets[0].getsockname()
    print('connect to %s:%d' % address)
    _, writer = await asyncio.open_connection(*address)
    print('accept %s:%d' % writer.get_extra_info('sockname'))
    writer.close()
    path = __file__ + '.socket'
    await asyncio.start_unix_server(serve, path)
    print('connect to', path)
    _, writer = await asyncio.open_unix_connection(path)
    writer.close()
    transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, ('127.0.0.1', 0))
    print('open %s:%d' % transport.get_extra_info('sockname'))
    transport.close()
    await asyncio.sleep(0.01)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_transports_set_up(python, script):
    """Who waits for a transport to be set up tells of which address."""
    with written(TRANSPORTS) as (path, program):
        result = record(python, program, path)
        assert validate.check(path)[0] == [] and result.returncode == 0, result.stderr
        purposes, told = {}, set()
        for event in events_of(validate.contents(path)):
            if event[0] == 'fn':
                purposes[event[2]] = event[3]
            elif event[0] == 'cw' and event[4] == 'io':
                told.add(purposes[event[5]])
        on_3_6 = {'future'} if b'3.6' in version(python) else set()     # an address is looked up
        assert told - on_3_6 >= set(result.stdout.decode().split('\n')[:-1]), (told, result.stdout)
        assert 'future' not in told - on_3_6, told


GENERATORS = '''
import asyncio

async def numbers():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)

async def main():
    loop = asyncio.get_event_loop()
    for is_cancelled in False, True:
        begun = numbers()
        await begun.__anext__()
        task = loop.create_task(begun.aclose())
        if is_cancelled:
            task.cancel()
        await asyncio.wait([task])
        task.cancelled() or task.exception()        # 3.6 has one
    print('closed')

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_tasks_without_code(python, script):
    """The call of an async generator's that a task runs is in no file, and begins though cancelled."""
    with written(GENERATORS) as (path, program):
        for options in [], ['--detail', 'tasks'], ['--detail', 'tasks', '--keep-last', '4']:
            result = record(python, program, path, *options)
            said = result.returncode, result.stdout, result.stderr
            assert said == (0, b'closed\n', b''), said
            problems, counts = validate.check(path)
            assert not problems and counts['le'] == 1, (options, problems, counts)


EAGER = '''
import asyncio, threading

async def at_once():
    pass

async def waits(event):
    asyncio.create_task(at_once())
    await asyncio.create_task(ends_late(event))

async def ends_late(event):
    await event.wait()

async def main(first):
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    for again in range(10):
        event = asyncio.Event()
        tasks = [asyncio.create_task(waits(event)) for number in range(3)]
        asyncio.create_task(at_once())
        event.set()
        await asyncio.gather(*tasks)
    if first:
        await blocked(asyncio.Event())

async def blocked(event):
    task = asyncio.create_task(waits_inside(event))
    event.set()
    await task

async def waits_inside(event):
    inside.set()
    went_on.wait(20)
    await event.wait()

async def other():
    inside.wait(20)
    await main(False)
    went_on.set()

inside, went_on = threading.Event(), threading.Event()
threads = [threading.Thread(target=asyncio.run, args=(one,)) for one in (main(True), other())]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
'''


def test_eager_tasks(python, script):
    """An eager step that is under way is taken for no wait, and one that ended at once for no other."""
    if not is_exact(python):
        return
    with written(EAGER) as (path, program):
        for options in [], ['--detail', 'tasks']:
            assert record(python, program, path, *options).returncode == 0
            problems, counts = validate.check(path)
            assert not problems, problems
            names, waits = {}, {}
            for event in events_of(validate.contents(path)):
                if event[0] == 'cn':
                    names[event[2]] = event[3].partition('(')[0]
                elif event[0] == 'cw':
                    waits.setdefault(names[event[2]], []).append(event[4])
            made = list(names.values())
            assert (made.count('waits'), made.count('ends_late')) == (60, 60), made
            assert made.count('at_once') == (0 if options else 80), made
            assert options or waits['waits_inside'] == ['event'], waits


TESTS = sorted(name for name in globals() if name.startswith('test_'))


def check(python, name):
    """What is wrong in the test of this name; None if nothing is."""
    with tempfile.NamedTemporaryFile('w', suffix='.py') as script:
        script.write(TICKER % (3, '0.05'))
        script.flush()
        try:
            globals()[name](python, script.name)
        except Exception as error:
            return '%s %s' % (type(error).__name__, str(error)[:600])
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    failed = 0
    for interpreter in chosen(parser.parse_args().python):
        for name in TESTS:
            problem = check(interpreter.path, name)
            failed += problem is not None
            print(interpreter.version, name, problem or 'ok', flush=True)
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
