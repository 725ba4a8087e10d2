"""Stacks: what is seen of a step that lasts, and that the program does not notice who looks."""

import json
import subprocess

import validate
from controls.loops import LOOP
from controls.running import Child, events_of, record, written
from interpreters import PATIENCE
from joined import RECORDER

BLOCKED = '''
import asyncio, time

class Client:
    def get(self):
        time.sleep(0.6)             # line 6

async def fetch():
    await asyncio.sleep(0)
    Client().get()                  # line 10

async def main():
    await fetch()                   # line 13

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def stacks_in(path):
    """The lane and the frames of each stack, and where it stands among the events."""
    events = list(events_of(validate.contents(path)))
    lanes = {event[2]: event[3] for event in events if event[0] == 'cn'}
    texts = {line[1]: line[2] for line in map(json.loads, validate.contents(path).splitlines()[1:])
             if line[0] == 's'}
    return [(lanes.get(event[3]), texts[event[2]].split('\n'), place)
            for place, event in enumerate(events) if event[0] == 'hk']


def test_stacks(python, script):
    """A step that lasts is seen where it is, from plain functions to its task's coroutine."""
    with written(BLOCKED) as (path, program):
        result = record(python, program, path, '--stacks')
        assert not result.returncode and not result.stderr, result
        assert not validate.check(path)[0], validate.check(path)
        stacks = stacks_in(path)
        # Up to 3.10 code does not know the class whose method it is.
        expected = [['program.py:6 ' + get, 'program.py:10 fetch', 'program.py:13 main']
                    for get in ('Client.get', 'get')]
        found = [lane for lane, stack, _ in stacks if stack in expected]
        assert found and set(found) == {'fetch()'}, stacks
        record(python, program, path, '--stacks', '--keep-last', '14')
        assert not validate.check(path)[0], validate.check(path)
        assert b'"?"' not in validate.contents(path)
        assert any(stack in expected for _, stack, _ in stacks_in(path)), stacks_in(path)


IN_ANOTHER_LOOP = LOOP + '''
class Loop(Calls, asyncio.SelectorEventLoop):
    pass

def block():
    time.sleep(0.6)

async def main():
    block()

Loop().run_until_complete(main())
'''


def test_stacks_in_another_loop(python, script):
    """Also one that keeps what it is to call: no frame of the loop's is among them."""
    with written(IN_ANOTHER_LOOP) as (path, program):
        result = record(python, program, path, '--stacks')
        assert not result.returncode, result
        stacks = [[frame.split()[1] for frame in stack] for _, stack, _ in stacks_in(path)]
        assert stacks and all(stack in (['block', 'main'], ['main']) for stack in stacks), stacks


FORKS = '''
import _thread, asyncio, os, threading, time

def block():
    time.sleep(0.3)

async def main():
    for number in range(4):
        await asyncio.sleep(0)
        block()
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)
        print('forked', threading.active_count())
    await asyncio.sleep(0)
    block()

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_forks_beside_stacks(python, script):
    """Who forks has one thread, and is looked at again afterwards."""
    with written(FORKS) as (path, program):
        result = record([python, '-W', 'error'], program, path, '--stacks')
        assert result.stdout == b'forked 1\n' * 4 and not result.stderr, result
        assert not validate.check(path)[0], validate.check(path)
        forks = [place for place, event in enumerate(events_of(validate.contents(path)))
                 if event[0] == 'po']
        stacks = stacks_in(path)
        for begin, end in zip([0] + forks, forks + [1 << 30]):
            assert any(begin < place < end and 'block' in stack[0] for _, stack, place in stacks), (
                forks, stacks)


STANDS = '''
import asyncio, os, signal, time

async def main():
    time.sleep(0.2)
    await asyncio.Event().wait()

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_standstill_beside_stacks(python, script):
    """Our thread wakes no loop."""
    with written(STANDS) as (path, program):
        child = Child(python, program, '--stacks')
        child.until(lambda: child.count('ls'))
        child.process.terminate()
        child.finish()


TWO_LOOPS = '''
import asyncio, threading, time

def block_here():
    time.sleep(0.6)

def block_there():
    time.sleep(0.6)

async def main(block):
    await asyncio.sleep(0)
    block()

def run(block):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(main(block))

thread = threading.Thread(target=run, args=(block_there,))
thread.start()
run(block_here)
thread.join()
'''


def test_stacks_of_two_loops(python, script):
    """Each is told of its own handle, though another one runs beside it."""
    with written(TWO_LOOPS) as (path, program):
        result = record(python, program, path, '--stacks')
        assert not result.returncode and not result.stderr, result
        assert not validate.check(path)[0], validate.check(path)
        told = set()
        for event in events_of(validate.contents(path)):
            if event[0] == 'hk' and len(event) > 4:
                told.add((event[3], event[4]))
        functions = {stack[0].split()[1] for _, stack, _ in stacks_in(path)}
        assert {'block_here', 'block_there'} <= functions, functions
        assert len({handle for _, handle in told}) >= 2, told


LEAVES = '''
import _thread, asyncio, sys, time
import loopscope_recorder

async def main():
    await asyncio.sleep(0)
    time.sleep(0.3)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
interval = sys.getswitchinterval()
loopscope_recorder.start(sys.argv[1], stacks=True)
loop.run_until_complete(main())
assert sys.getswitchinterval() == interval
sys.setswitchinterval(0.25)
try:
    sys.setswitchinterval(-1)
except ValueError as error:
    print(error)
loop.run_until_complete(main())
assert sys.getswitchinterval() == 0.25
loopscope_recorder.stop()
assert sys.getswitchinterval() == 0.25
while _thread._count():
    time.sleep(0.001)
loop.run_until_complete(main())
print('alone')
'''


def test_stop_ends_the_looking(python, script):
    """Nor does the program notice that it is asked to hand over the interpreter sooner."""
    with written(LEAVES) as (path, program):
        with open(RECORDER, 'rb') as one, open(
                program.replace('program.py', 'loopscope_recorder.py'), 'wb') as other:
            other.write(one.read())
        result = subprocess.run([python, program, path], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, timeout=PATIENCE)
        assert result.stdout == b'switch interval must be strictly positive\nalone\n' and not result.stderr, result
        assert stacks_in(path)


def test_stacks_need_steps(python, script):
    with written(BLOCKED) as (path, program):
        result = record(python, program, path, '--stacks', '--detail', 'tasks')
        assert result.returncode == 2 and b'stacks need all detail' in result.stderr, result
