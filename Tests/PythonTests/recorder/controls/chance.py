"""Runs in which time and the world outside are left to a seed."""

import json

import validate
from controls.running import record, written

RACES = '''
import asyncio, socket

async def nap(name, seconds):
    due = loop.time() + seconds
    await asyncio.sleep(seconds)
    assert loop.time() >= due
    print(name, end=' ')

async def read(name, end):
    end.setblocking(False)
    await loop.sock_recv(end, 10)
    print(name, end=' ')

async def turn(name):
    await asyncio.sleep(0)
    print(name, end=' ')

async def together(*coroutines):
    for task in [asyncio.ensure_future(one) for one in coroutines]:
        await task

async def main():
    await together(*[turn(n) for n in range(5)])
    pairs = [socket.socketpair() for _ in range(3)]
    readers = [asyncio.ensure_future(read('abc'[n], pairs[n][0])) for n in range(3)]
    await asyncio.sleep(0)
    for _, end in pairs:
        end.send(b'x')
    await asyncio.gather(*readers)
    for pair in pairs:
        for end in pair:
            end.close()
    await together(nap('long', 3), nap('short', 2.5), nap('now', 0))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
'''


def test_seeds(python, script):
    """One seed, one run; others have other orders, of what asyncio orders none has another."""
    outputs = set()
    with written(RACES) as (path, program):
        for seed in range(30):
            runs = set()
            for _ in range(2 if seed < 5 else 1):
                result = record(python, program, path, '--clock', 'virtual', '--seed', str(seed))
                assert not result.returncode and not result.stderr, result
                assert not validate.check(path)[0], validate.check(path)
                runs.add(result.stdout)
                with open(path) as recording:
                    assert json.loads(recording.readline())['seed'] == seed
            assert len(runs) == 1, runs
            outputs |= runs
    words = [tuple(output.decode().split()) for output in outputs]
    assert {one[:5] for one in words} == {tuple('01234')}, words
    assert len({one[5:8] for one in words}) > 3, words
    assert {one[8:] for one in words} == {('now', 'long', 'short'), ('now', 'short', 'long')}, words


def test_chances_are_told(python, script):
    with written(RACES) as (path, program):
        for options, chances in (([], None), (['--chances', '0'], 0), (['--chances', '12'], 12)):
            result = record(python, program, path, '--clock', 'virtual', '--seed', '3', *options)
            assert not result.returncode, result
            with open(path) as recording:
                header = json.loads(recording.readline())
            assert header['seed'] == 3 and header.get('chances') == chances, header


def test_seeds_need_a_virtual_clock(python, script):
    with written(RACES) as (path, program):
        needs = b': a seed needs a virtual clock and all detail\n'
        for options, why in ((['--seed', '1'], needs),
                             (['--seed', '1', '--clock', 'virtual', '--detail', 'tasks'], needs),
                             (['--chances', '1'], b': chances are drawn from a seed\n')):
            result = record(python, program, path, *options)
            assert result.returncode == 2 and not result.stdout, result
            assert result.stderr.endswith(why), result
