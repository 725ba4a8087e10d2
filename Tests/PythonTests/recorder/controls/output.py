"""What is printed from threads and finalizers, and a Ctrl-C in the midst of it."""

import os

import validate
from controls.running import check_stream, Child, record, rewritten, written
from fidelity import CORPUS

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


def test_finalizers_that_print(python, script):
    """They come at any moment, and of each line is told at once."""
    child = Child(python, os.path.join(CORPUS, 'finalizers_print.py'))
    output, status = child.finish()
    assert status == 0 and output == b'a line\n' * 60, output
    check_stream(child)


# Calls `interrupt` once `left` instructions of the functions `inside` the recorder have run.
TRACE = '''
import sys
known = sys.stdout.write.__globals__
left = 0

def trace(frame, event, argument):
    global left
    if frame.f_globals is not known or frame.f_code.co_name not in inside:
        return None
    if sys.version_info >= (3, 10):     # before, an exception at some of them ends in a SystemError
        frame.f_trace_opcodes = True
    left -= event != 'call'
    if left == 0:
        interrupt()
    return trace
'''


INTERRUPTED = TRACE + '''
import threading, time
threading.Thread(target=print, args=('one',)).start()
inside = 'write', 'in_time'

def interrupt():
    raise KeyboardInterrupt

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


WRITING = TRACE + '''
import os, signal
interrupts = 0
inside = ('flush', 'put_off_interrupts', 'let_interrupt', 'write_entries', 'write', 'identify',
          'send', 'pack')

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

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


LENGTHY = '''
import asyncio, sys

async def main():
    for number in range(10):
        print(('%d' % number) * 9000000)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
with open('/proc/self/status') as status:
    print(*[line.split()[1] for line in status if line.startswith('VmHWM')], file=sys.stderr)
'''


def test_long_output_is_not_kept(python, script):
    """What a step prints is written at once if it is long, and not when the step is over."""
    if not os.path.exists('/proc/self/status'):
        return                                          # nothing else tells it of one program alone
    with written(LENGTHY) as (path, program):
        child = record(python, program, path)
        problems, counts = validate.check(path)
        assert not problems and counts['po'] > 80, (problems, counts)
        assert int(child.stderr) < 160000, child.stderr     # kB; all of it is 90 MB, and that thrice
