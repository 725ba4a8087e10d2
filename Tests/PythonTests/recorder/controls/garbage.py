"""What is said while garbage is collected, which may be within the recorder."""

import validate
from controls.running import events_of, record, version, written

COLLECTED = '''
import asyncio, gc

async def first(number):
    pass

async def second(number):
    pass

class Circle:
    def __init__(self):
        self.me, self.kept = self, [first(1), second(2)]

async def main():
    Circle()
    gc.collect()
    second(3)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_forgotten_in_garbage(python, script):
    """A collection ends several at once, and then warns of each: without the interpreter lock in another order."""
    with written(COLLECTED) as (path, program):
        assert record(python, program, path).returncode == 0
        assert validate.check(path)[0] == []
        names, warned, ended, texts = {}, [], [], []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3].partition('(')[0]
            elif event[0] == 'pw':
                warned.append(event[3])
                texts.append((names[event[3]], event[2]))
            elif event[0] == 'cu':
                ended.append(event[2])
        in_order = sorted if b'free-threading' in version(python) else list
        assert in_order(warned) == ended and len(names) == 4, (warned, ended, names)
        assert [names[lane] for lane in ended] == ['first', 'second', 'second'], names
        assert all(("'%s'" % name) in text for name, text in texts), texts


KNOTS = '''
import asyncio, gc, socket

class Knot:
    def __init__(self, *kept):
        self.me, self.kept = self, kept

async def never():
    pass

async def main():
    for _ in range(100):
        Knot(never(), socket.socket())
        await asyncio.sleep(0)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
gc.set_threshold(7)
loop.run_until_complete(main())
'''


def test_place_of_warnings(python, script):
    """A collection may begin in a function of ours, and what it warns of has no place there."""
    with written(KNOTS) as (path, program):
        for options, expected in (['-W', 'always'], 100), ([], None):
            said = record([python] + options, program, path).stderr.decode().split('\n')
            places = [line for line in said if 'Warning: ' in line and 'tracemalloc' not in line]
            assert places and 'loopscope' not in ''.join(said), [line for line in said if 'loopscope' in line]
            if expected:
                for words in 'was never awaited', 'unclosed <socket':
                    # Up to 3.6 Python warns of a coroutine by another way, and of fewer.
                    assert version(python).startswith(b'3.6') or sum(
                        words in line for line in places) == expected, (words, said)
            else:               # each place once
                assert len(places) == len(set(places)), places


BEGUN = '''
import asyncio

async def polite():
    try:
        await asyncio.sleep(0)
    finally:
        print('ends')

async def stubborn():
    try:
        await asyncio.sleep(0)
    finally:
        print('ends')
        await asyncio.sleep(0)

def begin(coroutine):
    coroutine.send(None)
    return coroutine

async def keeps():
    kept = [begin(polite()) for _ in range(2)]
    await asyncio.sleep(0)

async def main():
    for _ in range(4):
        await keeps()
        kept = [begin(polite()) for _ in range(2)]
        try:
            begin(stubborn()).close()
        except RuntimeError as error:
            print(error)
        await asyncio.sleep(0)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_let_go_of_in_the_middle(python, script):
    """What prints in its finalizer is found there, and gets no weak reference, which would outlive it: an allocator
    that overwrites what is freed would have the program crash at its end."""
    with written(BEGUN) as (path, program):
        result = record(['env', 'PYTHONMALLOC=debug', python], program, path)
        assert result.returncode == 0, result
        assert result.stdout.count(b'ends\n') == 20, result.stdout
        assert validate.check(path)[0] == []
