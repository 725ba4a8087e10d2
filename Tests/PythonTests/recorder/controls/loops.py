"""Loops that are not asyncio's own: those that keep what they are to call themselves, as Qt's do, and those of which
nothing is seen."""

import validate
from controls.running import events_of, is_exact, record, written

LOOP = '''
import asyncio, functools, heapq, itertools, time
from asyncio import events

def press(button):
    button.set_result(8)

class Own:
    """A handle that is none of asyncio's."""

    _cancelled = False

    def __init__(self, callback, arguments, loop, **named):
        self._run = functools.partial(callback, *arguments)

    def cancel(self):
        self._cancelled = True

class Calls:
    """A loop that calls what is due in the order of its time, and of what is due at once the youngest first."""

    Handle = asyncio.Handle

    def __init__(self):
        self.calls, self.numbers, self.pressed = [], itertools.count(0, -1), []
        super().__init__()

    def call_soon(self, callback, *arguments, **named):
        return self.call_later(0, callback, *arguments, **named)

    def call_at(self, when, callback, *arguments, **named):
        return self.call_later(when - self.time(), callback, *arguments, **named)

    def call_later(self, delay, callback, *arguments, **named):
        handle = self.Handle(callback, arguments, self, **named)
        when = int((self.time() + delay) * 200) if delay > 0 else 0
        heapq.heappush(self.calls, (when, next(self.numbers), handle))
        return handle

    def call_once(self):
        when, _, handle = heapq.heappop(self.calls)
        time.sleep(max(0, when / 200 - self.time()))
        if not handle._cancelled:
            handle._run()
        del handle
        if self.pressed:
            press(self.pressed.pop())

    def run_until_complete(self, main):
        task = asyncio.ensure_future(main, loop=self)
        events._set_running_loop(self)
        try:
            while not task.done():
                self.call_once()
        finally:
            events._set_running_loop(None)
        return task.result()
'''

PROGRAM = LOOP + '''
class Loop(Calls, asyncio.SelectorEventLoop):
    def call_exception_handler(self, context):
        print(context['message'].partition('(')[0])

async def child(number):
    await asyncio.sleep(number * 0.01)
    return number

def dialogue():
    loop.call_once()

async def main():
    print(await asyncio.gather(child(0), child(1), child(2)))
    loop.call_later(60, print, 'never').cancel()
    loop.call_soon(print, 'never').cancel()
    loop.call_soon(child, 1, 2)
    await asyncio.sleep(0.01)
    future = loop.create_future()
    loop.call_soon(future.set_result, 7)
    loop.call_soon(dialogue)
    print(await future)
    loop.pressed = [loop.create_future()]
    print(await loop.pressed[0])

loop = Loop()
loop.run_until_complete(main())
print(repr(loop.call_soon(print))[:8], type(loop.call_soon(print)).__name__)
loop.close()
'''


def test_loop_that_keeps_calls(python, script):
    """All is told that is told of asyncio's loop, whatever handle is called next."""
    with written(PROGRAM) as (path, program):
        result = record(python, program, path)
        assert (result.returncode, result.stderr) == (0, b''), result
        assert result.stdout == b'[0, 1, 2]\nException in callback child\n7\n8\n<Handle  Handle\n', result
        problems, _ = validate.check(path)
        assert not problems, problems
        events = list(events_of(validate.contents(path)))
        kinds = [event[0] for event in events]
        tasks = [event[3] for event in events if event[0] == 'tn']
        starts = [event[2] for event in events if event[0] == 'cs' and event[2] in tasks]
        assert starts == tasks[:1] + tasks[:0:-1], events
        assert kinds.count('hf') == 3 and kinds.count('ht') == 4 and kinds.count('hc') == 2, events
        assert kinds.count('cv') == 4 and kinds.count('px') == 1, events
        assert [event[4] for event in events if event[0] == 'hs' and event[-1] == 'external'] == ['press'], events
        place = next(place for place, event in enumerate(events) if event[0] == 'hs' and event[-1] == 'external')
        assert [event[0] for event in events[place:place + 5]] == ['hs', 'hb', 'fd', 'hs', 'he'], events
        result = record(python, program, path, '--detail', 'tasks')
        problems, _ = validate.check(path)
        assert result.returncode == 0 and not problems, (result, problems)
        kinds = [event[0] for event in events_of(validate.contents(path))]
        assert kinds.count('cs') == kinds.count('cv') == 4, kinds
    with written(PROGRAM.replace('loop.close()', 'import os; os.kill(os.getpid(), 9)')) as (path, program):
        for detail in 'all', 'tasks':
            assert record(python, program, path, '--detail', detail).returncode == -9
            kinds = [event[0] for event in events_of(validate.contents(path + '.part'))]
            assert kinds.count('cv') == 4, kinds        # it was written as the loop went on


NOT_ASYNCIOS = '''
class Loop(Calls, asyncio.AbstractEventLoop):
    def time(self):
        return time.monotonic()

    def create_task(self, coroutine, **named):
        return asyncio.Task(coroutine, loop=self, **named)

    def create_future(self):
        return asyncio.Future(loop=self)

    def get_debug(self):
        return False
'''

WITH_OWN_HANDLES = '''
class Loop(Calls, asyncio.SelectorEventLoop):
    Handle = Own
'''

WITH_OWN_QUEUE = '''
class Loop(Calls, asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__()
        self._ready = set()
'''

WAITING = '''
async def wait(future):
    try:
        return await future
    except asyncio.CancelledError:
        print('cancelled')

async def child(number):
    await asyncio.sleep(number * 0.01)
    return number

async def main():
    print(await asyncio.gather(child(0), child(1)))
    future = loop.create_future()
    loop.call_soon(future.cancel)
    await wait(future)

loop = Loop()
loop.run_until_complete(main())
'''


def test_loop_not_watched(python, script):
    """The recording says so; from 3.12 on it tells what the coroutines do all the same."""
    for kind in NOT_ASYNCIOS, WITH_OWN_HANDLES, WITH_OWN_QUEUE:
        with written(LOOP + kind + WAITING) as (path, program):
            result = record(python, program, path)
            assert (result.returncode, result.stdout, result.stderr) == (0, b'[0, 1]\ncancelled\n', b''), result
            problems, _ = validate.check(path)
            assert not problems, problems
            events = list(events_of(validate.contents(path)))
            assert [event[2].split()[1] for event in events if event[0] == 'pw'] == ['Loop'], events
            if is_exact(python):
                told = [event[0] for event in events if event[0] in ('cs', 'cw', 'cr', 'cv')]
                assert [told.count(kind) for kind in ('cs', 'cw', 'cr', 'cv')] == [4, 4, 4, 4], events
