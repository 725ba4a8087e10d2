"""Hold, go and step over a socket."""

import signal
import socket
import time

from controls.running import check_stream, Child, rewritten
from interpreters import PATIENCE


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
    child.socket.settimeout(PATIENCE)
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


def test_reader_gone(python, script):
    child = Child(python, script, '--hold')
    child.until(lambda: child.count('lh') == 1)
    child.socket.close()
    child.process.communicate()
    assert child.process.returncode == -signal.SIGHUP, child.process.returncode
