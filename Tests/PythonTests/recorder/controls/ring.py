"""The ring of `--keep-last`: what it keeps is the end of the whole run."""

import json
import os
import subprocess

import validate
from controls.running import events_of, record, version, written
from joined import RECORDER

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


MIXED = '''
import asyncio, socket

async def worker(lock, queue, number):
    for again in range(6):
        await asyncio.sleep(0)
        async with lock:
            await asyncio.sleep(0.001)
        await queue.put(number)

async def numbers():
    for number in range(4):
        await asyncio.sleep(0)
        yield number

async def echo(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            return writer.close()
        writer.write(line)

async def talk(ends):
    there = asyncio.ensure_future(echo(*await asyncio.open_connection(sock=ends[0])))
    reader, writer = await asyncio.open_connection(sock=ends[1])
    for number in range(12):
        writer.write(b'%d\\n' % number)
        await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    await there

async def fail(event):
    for again in range(5):
        await asyncio.sleep(0)
    await event.wait()
    raise ValueError('no')

async def main():
    lock, queue, event = asyncio.Lock(), asyncio.Queue(3), asyncio.Event()
    failing = asyncio.ensure_future(fail(event))
    members = [worker(lock, queue, number) for number in range(3)]
    working = asyncio.gather(talk(socket.socketpair()), talk(socket.socketpair()), *members)
    for _ in range(18):
        await queue.get()
    async for number in numbers():
        print(number)
    event.set()
    sleeping = asyncio.ensure_future(asyncio.sleep(60))
    await asyncio.wait([failing, sleeping], timeout=0.01)
    sleeping.cancel()
    await asyncio.gather(working, sleeping, failing, return_exceptions=True)
    print('done')

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''

# Puts the lines of a recording through a ring, and says what the arguments of each kind are.
THROUGH_RING = '''
import json, sys
sys.path.insert(0, sys.argv[1])
import loopscope_recorder as recorder

class Kept:
    def replace(self, data):
        with open(sys.argv[3], 'wb') as file:
            file.write(data)

with open(sys.argv[2]) as file:
    header, *lines = file
ring = recorder.Ring(int(sys.argv[4]))
ring.header, ring.next_write = header, 1 << 62
for start in range(0, len(lines), 7):
    ring.add(''.join(lines[start:start + 7]))
recorder.Rewriter(ring).write([Kept()])
print(json.dumps(recorder.ARGUMENTS))
'''
IDENTITIES = 'lfhrmx'         # of texts only those that `events_of` leaves as numbers
INTRODUCING = 'cn', 'cs', 'fn', 'fd', 'rn', 'hs'


def test_ring_is_the_end_of_the_run(python, script):
    with written(MIXED) as (path, program):
        # By that clock a machine that is busy writes as many lines for several events as another.
        recorded = record(python, program, path, '--clock', 'virtual')
        assert recorded.stdout.endswith(b'done\n')
        whole = list(events_of(validate.contents(path)))
        kinds = set(line[2:4] for line in validate.contents(path).split(b'\n'))
        assert {b'hy', b'ha', b'hr', b'hx', b'hf', b'hc', b'rc', b'fa'} <= kinds, kinds
        assert b'hz' in kinds or b'3.6' in version(python), kinds
        for size in 1, 2, 5, 20, 50, 100, 200, 400, 10000:
            ring = path + '.ring'
            sorts = json.loads(subprocess.check_output(
                [python, '-c', THROUGH_RING, os.path.dirname(RECORDER), path, ring, str(size)]))
            problems, _ = validate.check(ring)
            assert not problems, (size, problems)
            kept = events_of(validate.contents(ring))
            end = whole[-size:]
            check_same_end(end[end[0][0] == 'co':], list(kept), sorts)


def check_same_end(whole, kept, sorts):
    """The events of one are the last of the other, with other numbers. Between them the other may
    introduce what nobody remembers."""
    numbers = {}
    for event in reversed(whole):
        while True:
            assert kept, (event, 'is missing')
            other = kept.pop()
            if is_same(event, other, sorts[event[0]], numbers):
                break
            assert other[0] in INTRODUCING and other[1] == 0, (event, other)


def is_same(event, other, sorts, numbers):
    if event[0] != other[0]:
        return False
    fields = sorts if event[0] != 'he' else sorts[:1]       # which handle it is may be left out
    pairs, missing = [], [0] * len(fields)
    for sort, one, two in zip(fields, event[1:] + missing, other[1:] + missing):
        sort = sort if sort != 's' or event[3] == 'function' else 'f'
        if sort not in IDENTITIES or type(one) is str:
            if one != two and (one or two):
                return False
        elif two or sort != 'm':                            # a maker that has ended is forgotten
            sort = sort if sort != 'm' else 'l'
            pairs += [((sort, 'whole', one), two), ((sort, 'kept', two), one)]
    if any(numbers.get(key, number) != number for key, number in pairs):
        return False
    numbers.update(pairs)
    return True
