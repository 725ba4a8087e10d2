"""What asyncio and Python complain of: what was never awaited, never retrieved, destroyed too soon."""

import validate
from controls.running import events_of, is_exact, record, written

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


FORGOTTEN = '''
import asyncio

async def save(name):
    await asyncio.sleep(0)

def later(name):
    return save(name)

async def main():
    for name in 'a', 'b':
        save(name)
    kept = later('c')
    task = asyncio.ensure_future(save('d'))
    save(name='e')
    await task
    await kept

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_forgotten(python, script):
    """Of coroutines made by calls of one function it is known which were awaited, and where each call
    stands. Python warns once a line."""
    if not is_exact(python):
        return
    with written(FORGOTTEN) as (path, program):
        assert record(python, program, path).stderr.count(b'never awaited') == 2
        problems, _ = validate.check(path)
        assert not problems, problems
        names, lines, forgotten = {}, {}, []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] == 'co':
                lines[event[2]] = event[4]
            elif event[0] == 'cu':
                forgotten.append(event[2])
        text = FORGOTTEN.split('\n')
        assert [text[lines[lane] - 1].strip() for lane in forgotten] == [
            'save(name)', 'save(name)', "save(name='e')"], (lines, forgotten)
        assert {names[lane]: text[lines[lane] - 1].strip() for lane in lines
                if lane not in forgotten} == {
            'main()': 'loop.run_until_complete(main())', "save('c')": 'return save(name)',
            "save('d')": "task = asyncio.ensure_future(save('d'))"}, (names, lines)


OTHERS = '''
import asyncio, sys, threading, warnings

async def save(number):
    pass

async def load(number):
    pass

def forget(function):
    async def main():
        for number in range(500):
            function(number)
            if number % 50 == 0:
                await asyncio.sleep(0)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()

async def seen():
    for number in range(2):
        kept = save(number)
        await asyncio.sleep(0)
        del kept

kept = load(0)
for number in range(2):
    save(number)
del kept
loop = asyncio.new_event_loop()
loop.run_until_complete(seen())
loop.close()
kept = save(2)
del kept
kept = load(1)
del kept

warnings.simplefilter('always')
sys.setswitchinterval(0.000001)
threads = [threading.Thread(target=forget, args=(one,)) for one in (save, load, save)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
'''


def test_forgotten_by_others(python, script):
    """A warning is about a coroutine of the function that it names, also where another one was thrown
    away just before, and where threads warn of theirs."""
    if not is_exact(python):
        return
    with written(OTHERS) as (path, program):
        run = record(python, program, path)
        assert run.returncode == 0, run
        assert run.stderr.count(b'never awaited') == 1505
        assert validate.check(path)[0] == []
        names, lines, said, forgotten = {0: ''}, {}, [], 0
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] == 'co':
                lines[event[2]] = OTHERS.split('\n')[event[4] - 1].strip()
            elif event[0] == 'pw':
                said.append((event[2], names[event[3]].partition('(')[0], lines[event[3]]))
            forgotten += event[0] == 'cu'
        assert len(said) == 1505 and forgotten >= 1507, (len(said), forgotten)
        assert [line for _, _, line in said[:5]] == [
            'save(number)', 'kept = load(0)', 'kept = save(number)', 'kept = save(2)',
            'kept = load(1)'], said[:5]
        for words, function, _ in said:
            assert "'%s' was never awaited" % function in words, (words, function)


UNPACKED = '''
import asyncio

def noisy(function):
    def call(*arguments):
        return function(*arguments)
    return call

@noisy
async def save(name):
    await asyncio.sleep(0)

async def main():
    save('a')
    list(map(save, 'a'))
    kept = save('b')
    await save('c')
    await kept

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_forgotten_by_a_call_unseen(python, script):
    """What a decorator's function has made, or what C has called for, has a lane too if nobody awaits
    it, and the warning is about that."""
    if not is_exact(python):
        return
    with written(UNPACKED) as (path, program):
        assert record(python, program, path).stderr.count(b'never awaited') == 2
        assert validate.check(path)[0] == []
        names, forgotten, warned = {}, [], []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] == 'cu':
                forgotten.append(event[2])
            elif event[0] == 'pw':
                warned.append(event[3])
        assert forgotten == warned and len(warned) == 2, (forgotten, warned)
        assert [names[lane] for lane in warned] == 2 * ['save()'] and len(names) == 5, names


WARNED = '''
import asyncio, warnings

async def save(number):
    pass

def show(*arguments, **named):
    try:
        save(3).send(None)
    except StopIteration:
        pass

async def main():
    kept = save(1)
    gone = save(2)
    del gone
    await kept

warnings.showwarning = show
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_coroutines_of_a_warning(python, script):
    """Who shows a warning may run coroutines: the one that dies meanwhile is the only one that dies."""
    if not is_exact(python):
        return
    with written(WARNED) as (path, program):
        assert record(python, program, path).returncode == 0
        assert validate.check(path)[0] == []
        ends = {}
        for event in events_of(validate.contents(path)):
            if event[0] in ('cn', 'cb'):
                ends[event[2]] = event[3] == 'main()'
            elif event[0] in ('cu', 'cv') and not ends[event[2]]:
                ends[event[2]] = event[0]
        assert sorted(map(str, ends.values())) == ['True', 'cu', 'cv', 'cv'], ends
