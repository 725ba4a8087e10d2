"""The virtual clock, and a clock that the program has for itself."""

import json
import signal
import time

import validate
from controls.running import events_of, record, TICKER, written


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


ASKING = '''
import asyncio, multiprocessing, queue, time

async def main():
    loop = asyncio.get_event_loop()
    begun = time.perf_counter()
    while time.perf_counter() - begun < 0.1:
        pass
    print(round(time.perf_counter() - begun, 2))
    begun = loop.time()
    while loop.time() - begun < 0.1:
        await asyncio.sleep(0)
    print(round(loop.time() - begun, 2))
    await asyncio.sleep(1)
    begun, future = loop.time(), loop.create_future()

    def again():                    # as a limit of the rate does, whose sums are not exact
        if loop.time() > begun:
            future.set_result(round(loop.time() - begun, 4))
        else:
            loop.call_at(begun + 1e-16, again)
    again()
    print(await future)
    one, other = multiprocessing.Pipe()
    print(one.poll(), one.poll(1.1))
    begun = time.monotonic()
    try:
        queue.Queue().get(timeout=1.1)
    except queue.Empty:
        print(round(time.monotonic() - begun))
    begun, end = time.monotonic(), time.process_time() + 1.2
    while time.process_time() < end:
        pass
    print(round(time.monotonic() - begun, 3))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_virtual_clock_and_who_waits_by_asking(python, script):
    """Time that stands while anything runs creeps, for who asks again and again whether it has come,
    and takes what was waited, not what was computed."""
    with written(ASKING) as (path, program):
        result = record(python, program, path, '--clock', 'virtual')
        assert result.stdout == b'0.1\n0.1\n0.0\nFalse False\n1\n0.0\n', (result.stdout, result.stderr)
        assert validate.check(path)[0] == []


OWN = '''
import asyncio

class Clock(asyncio.SelectorEventLoop):
    now = 5.0

    def __init__(self):
        super().__init__()
        self.select = self._selector.select
        self._selector.select = self.jump

    def jump(self, timeout=None):
        events = self.select(0 if timeout else timeout)
        if timeout and not events:
            self.now += timeout
        return events

    def time(self):
        return self.now

async def main():
    loop = asyncio.get_event_loop()
    await asyncio.sleep(3600)
    done = loop.create_future()
    loop.call_at(loop.time() + 7, done.set_result, None)
    await done
    await asyncio.sleep(8)

loop = Clock()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_clock_of_its_own(python, script):
    """Where a loop has one, its timers are told by how long they are to take by that."""
    with written(OWN) as (path, program):
        assert record(python, program, path).returncode == 0
        problems, _ = validate.check(path)
        assert not problems, problems
        delays = [event[3] / 1e9 for event in events_of(validate.contents(path)) if event[0] == 'ht']
        assert delays == [3600, 7, 8], delays
