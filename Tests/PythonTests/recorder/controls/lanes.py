"""Who is told of what: identities, addresses."""

import validate
from controls.running import events_of, is_exact, record, version, written

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
        gc.collect()

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
        names, ended, closed, futures = {}, set(), set(), []
        for event in events_of(validate.contents(path)):
            if event[0] == 'cn':
                names[event[2]] = event[3]
            elif event[0] == 'cv':
                ended.add(event[2])
            elif event[0] == 'cu':
                closed.add(event[2])
            elif event[0] == 'fn':
                futures.append(event[3])
        assert [names[lane] for lane in ended].count('begun()') == 200, names
        if is_exact(python):
            assert [names[lane] for lane in closed] == ['closed()'] * 200, names
            assert 'closed()' not in [names[lane] for lane in ended], names
        # That of the test's, and that of the second wait(), whose member was done already.
        assert (futures.count('wait_for()'), futures.count('future')) == (1, 1) \
            or not is_exact(python), futures


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


THROWN = '''
import asyncio, contextlib

async def fails():
    raise ValueError('no')

async def waits():
    await asyncio.ensure_future(fails())

scope = {}
exec(compile("""
async def values():
    try:
        await waits()
    except ValueError as error:
        print(error)
    yield 1
""", contextlib.__file__, 'exec'), scope)
scope['waits'] = waits

async def use():
    async for value in scope['values']():
        await asyncio.sleep(0)
    return value

async def main():
    print(await use())

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def test_thrown(python, script):
    """Who awaits a library's async generator is one and the same before and after an exception that went
    through it: up to 3.11 the stack has nothing of it meanwhile."""
    with written(THROWN) as (path, program):
        assert record(python, program, path).returncode == 0
        problems, _ = validate.check(path)
        assert not problems, problems
        names = [event[3] for event in events_of(validate.contents(path)) if event[0] == 'cn']
        assert names.count('use()') == 1, names
