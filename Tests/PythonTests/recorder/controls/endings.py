"""How coroutines end: with an exception that C raised, where one was raised, of one that is kept."""

import validate
from controls.running import events_of, record, version, written


FAILING = '''
import asyncio

async def fail(number):
    await asyncio.sleep(0)
    1 / number

async def between(number):
    try:
        await fail(number)
    finally:
        print('passed')

async def main():
    await asyncio.gather(between(0), return_exceptions=True)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_failing(python, script):
    """An exception that C has raised is told of each coroutine that it leaves."""
    with written(FAILING) as (path, program):
        assert record(python, program, path).returncode == 0
        problems, counts = validate.check(path)
        assert not problems, problems
        names, failed = {}, []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] == 'cx':
                failed.append((names[event[2]], event[3]))
        # Up to 3.7, the youngest objects are not known.
        assert version(python)[:3] in (b'3.6', b'3.7') or failed == [
            ('fail(0)', 'ZeroDivisionError: division by zero'),
            ('between(0)', 'ZeroDivisionError: division by zero')], failed


RAISED = '''
import asyncio, json

def parse(text):
    return json.loads(text)

class Client:
    async def load(self, number):
        await asyncio.sleep(0)
        return parse('{' * number)

async def worker(client, number):
    return await client.load(number)

async def numbers():
    yield 1
    raise KeyError('two')

async def consume():
    async for number in numbers():
        await asyncio.sleep(0)

def deep(number):
    return deep(number - 1) if number else 1 / 0

async def falls():
    await asyncio.sleep(0)
    deep(100)

async def raises(shared):
    await asyncio.sleep(0)
    raise shared

async def in_thread():
    await asyncio.get_event_loop().run_in_executor(None, parse, '')

async def main():
    shared = ConnectionError('gone')
    for coroutine in (worker(Client(), 2), consume(), falls(), raises(shared), raises(shared),
                      in_thread()):
        try:
            await asyncio.ensure_future(coroutine)
        except Exception as error:
            print(type(error).__name__)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_raised(python, script):
    """A lane that failed tells where that was raised, from there to its own line; with tasks only, also in
    the coroutines that it awaited."""
    for detail in 'all', 'tasks':
        with written(RAISED) as (path, program):
            assert record(python, program, path, '--detail', detail).returncode == 0
            assert validate.check(path)[0] == []
            names, raised = {}, []
            for event in events_of(validate.contents(path)):
                if event[0] == 'cn':
                    names[event[2]] = event[3].partition('(')[0]
                elif event[0] == 'cx':
                    frames = [line[len('program.py:'):].replace('Client.', '')  # not up to 3.10
                              for line in event[4].split('\n') if line.startswith('program.py:')]
                    raised.append([names[event[2]]] + frames)
        if detail == 'tasks':
            failed = [['worker', '5 parse', '10 load', '13 worker'],
                      ['consume', '17 numbers', '20 consume']]
        elif version(python)[:3] in (b'3.6', b'3.7'):       # what is awaited is not known to have failed
            failed = [['worker', '13 worker'], ['consume', '17 numbers', '20 consume']]
        else:
            failed = [['Client.load', '5 parse', '10 load'], ['worker', '13 worker'],
                      ['numbers', '17 numbers'], ['consume', '20 consume']]
        assert raised == failed + [['falls'] + ['24 deep'] * 20 + ['28 falls']] + 2 * [
            ['raises', '32 raises']] + [['in_thread', '5 parse', '35 in_thread']], raised

KEPT = '''
import asyncio

async def speak(number):
    print('speak', number)

async def main():
    first, second = speak(1), speak(2)
    await first
    await second
    await asyncio.sleep(0)
    print('kept', first is second)
    third = speak(3)
    await third
    await third                     # which is good for one use

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_kept(python, script):
    """A coroutine that a variable keeps has ended in the step in which it did, and before the run."""
    with written(KEPT) as (path, program):
        assert b'cannot reuse already awaited' in record(python, program, path).stderr
        assert validate.check(path)[0] == []
        names, ended = {}, []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] in ('cv', 'cx'):
                ended.append(names[event[2]])
            elif event[0] == 'po' and 'kept' in event[2]:
                ended.append('kept')
        assert sorted(ended[:2]) == ['speak(1)', 'speak(2)'] and ended[2] == 'kept', ended
        assert 'speak(3)' in ended, ended


ODD_FILES = '''
import asyncio, os, sys

pipe = sys.argv[0] + '.pipe'
os.mkfifo(pipe)

async def main():
    for name in pipe, '/dev/zero', '<template>', '':
        scope = {}
        exec(compile('def f():\\n    1 / 0', name, 'exec'), scope)
        try:
            await asyncio.ensure_future(call(scope['f']))
        except ZeroDivisionError:
            print('caught')

async def call(function):
    function()

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_odd_files(python, script):
    """Code may say that it is from a pipe, which nobody writes to, or from no file at all."""
    with written(ODD_FILES) as (path, program):
        said = record(python, program, path)
        assert said.stdout == b'caught\n' * 4, said
        assert validate.check(path)[0] == []
        raised = [event[4] for event in events_of(validate.contents(path)) if event[0] == 'cx']
        assert ['%s:2 f' % name for name in ('program.py.pipe', '/dev/zero', '<template>', '')] == [
            trace.split('\n')[0] for trace in raised], raised


CROWD = '''
import asyncio

async def leaf(number, future):
    await (future or asyncio.sleep(0))
    raise ValueError(number)

async def between(number, future):
    await leaf(number, future)

async def main():
    tasks = [asyncio.ensure_future(between(number, None)) for number in range(1500)]
    await asyncio.gather(*tasks, return_exceptions=True)
    future = asyncio.get_event_loop().create_future()
    tasks = [asyncio.ensure_future(between(number, asyncio.shield(future))) for number in range(1500)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_crowd(python, script):
    """Before 3.12, not each end of a crowd is looked at; what the tasks end with tells of the rest."""
    with written(CROWD) as (path, program):
        assert record(python, program, path).returncode == 0
        assert validate.check(path)[0] == []
        names, ended = {}, {}
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3].partition('(')[0]
            elif event[0] in ('cv', 'cx', 'cc') and names[event[2]] != 'main':
                kind = names[event[2]], event[0]
                ended[kind] = ended.get(kind, 0) + 1
        # Up to 3.7, the youngest objects are not known.
        assert version(python)[:3] in (b'3.6', b'3.7') or ended == {
            (name, end): 1500 for name in ('leaf', 'between') for end in ('cx', 'cc')}, ended
