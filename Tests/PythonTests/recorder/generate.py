"""Makes asyncio programs by chance: what they print does not depend on any clock.

A program is some coroutine functions, async generators and context managers, each of which uses those with a
higher number. About half of them are a library's, which stands in a folder of installed packages.
"""

import os
import random

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'prelude.py')) as file:
    PRELUDE = file.read()

END = '''
async def main():
    tender = asyncio.ensure_future(tend())
    for _ in range(%(rounds)d):
        try:
            show(await F['f0'](1))
        except (Failure, asyncio.CancelledError, RuntimeError, LookupError) as error:
            show(type(error).__name__, error)
    %(ending)s

%(run)s
'''

RUNS = ('asyncio.run(main())',
        'loop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\n'
        'loop.run_until_complete(main())\nloop.close()',
        'loop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\nloop.set_debug(%s)\n'
        'loop.slow_callback_duration = 1000\n'
        'loop.run_until_complete(main())\n'
        'loop.run_until_complete(loop.shutdown_asyncgens())\nloop.close()')
ENDINGS = ('await tender', 'await tender', 'await tender', 'tender.cancel()',
           'for task in tasks: task.cancel()\n    await tender')


class Maker:
    def __init__(self, seed, version):
        self.random = random.Random(seed)
        self.version = version
        self.count = self.random.randint(3, 8)
        self.names = 0

    def name(self):
        self.names += 1
        return 'v%d' % self.names

    def program(self):
        """The texts of the library and of the program itself."""
        parts = {True: [], False: []}
        for number in reversed(range(self.count)):
            is_library = number > 0 and self.random.random() < 0.5
            for maker in self.coroutine, self.generator, self.manager:
                parts[is_library].append('\n'.join(maker(number)))
        rounds, ending = self.random.randint(1, 3), self.random.choice(ENDINGS)
        # `run` cancels all tasks, in the order of a set.
        run = self.random.choice(RUNS[self.version < (3, 7) or ending == 'tender.cancel()':])
        if self.version >= (3, 12) and self.random.random() < 0.25:
            run = run.replace('asyncio.run(main())', RUNS[1]).replace(
                'set_event_loop(loop)\n', 'set_event_loop(loop)\nloop.set_task_factory(asyncio.eager_task_factory)\n')
        if self.random.random() < 0.1:
            run = 'asyncio.Task = asyncio.tasks.Task = asyncio.tasks._PyTask\n' + run
        run = run % (self.random.random() < 0.3) if '%' in run else run
        main = END % {'rounds': rounds, 'ending': ending, 'run': run}
        library = PRELUDE + '\n'.join(parts[True])
        own = 'from library import *\nimport library\n' + '\n'.join(parts[False])
        return library, own + main

    # MARK: Functions

    def coroutine(self, number):
        yield 'async def f%d(n):' % number
        yield from self.block(number, 1, 'f%d' % number, 6)
        yield '    return n * %d' % self.random.randint(1, 9)
        yield "F['f%d'] = f%d\n" % (number, number)

    def generator(self, number):
        guarded = self.random.random() < 0.4
        yield 'async def g%d(n):' % number
        if guarded:
            yield '    try:'
        inside = 1 + guarded
        for value in range(self.random.randint(1, 3)):
            yield from self.block(number, inside, 'g%d' % number, 1)
            yield '%syield %d' % ('    ' * inside, value)
        if guarded:
            yield '    finally:'
            yield "        show('g%d closed')" % number
            if self.random.random() < 0.5:
                yield '        await asyncio.sleep(0)'
        yield "F['g%d'] = g%d\n" % (number, number)

    def manager(self, number):
        yield 'class C%d:' % number
        yield '    async def __aenter__(self):'
        yield '        n = 1'
        yield from self.block(number, 2, 'C%d enters' % number, 1)
        yield '        return self'
        yield '    async def __aexit__(self, kind, error, traceback):'
        yield '        n = 2'
        yield from self.block(number, 2, 'C%d leaves' % number, 1)
        yield '        return %s' % (self.random.random() < 0.2)
        yield "F['C%d'] = C%d\n" % (number, number)

    # MARK: Statements

    def block(self, number, depth, tag, most):
        for _ in range(self.random.randint(1, most)):
            for line in self.statement(number, tag, depth):
                yield '    ' * depth + line

    def statement(self, number, tag, depth):
        kinds = [self.say, self.sleep, self.sleep, self.future, self.future_with_callback, self.cancel_self,
                 self.fail, self.synchronise]
        if number + 1 < self.count:
            kinds += [self.call, self.call, self.call, self.spawn, self.spawn, self.gather, self.wait,
                      self.generate, self.generate, self.manage, self.forget, self.by_hand, self.listed]
        if depth < 4:
            kinds += [self.guard, self.repeat]
        return self.random.choice(kinds)(number, tag, depth)

    def within(self, number, tag, depth, most=2):
        for line in self.block(number, depth + 1, tag, most):
            yield line[4 * depth:]

    def other(self, number, kind='f'):
        return "F['%s%d']" % (kind, self.random.randint(number + 1, self.count - 1))

    def started(self, number):
        """An expression that makes a coroutine of another function."""
        return '%s(n)' % self.other(number)

    def say(self, number, tag, depth):
        yield 'show(%r, n)' % tag

    def sleep(self, number, tag, depth):
        yield self.random.choice(('await asyncio.sleep(0)', 'await asyncio.sleep(0, n)', 'await bare()'))

    def future(self, number, tag, depth):
        name = self.name()
        yield '%s = asyncio.get_event_loop().create_future()' % name
        yield self.random.choice((
            'waiting.append(%s)', 'asyncio.get_event_loop().call_soon(resolve, n); waiting.append(%s)',
            '%s.set_result(n)', '%s.set_exception(Failure(n))', '%s.cancel()')) % name
        yield self.random.choice(('await %s', 'await asyncio.shield(%s)', 'show(await %s)')) % name

    def future_with_callback(self, number, tag, depth):
        name = self.name()
        yield 'for _ in range(%d):' % self.random.randint(1, 4)
        yield '    %s = asyncio.get_event_loop().create_future()' % name
        yield '    %s.add_done_callback(%s)' % (name, self.random.choice((
            'lambda future: None', 'lambda future: show("done")', 'lambda future: resolve()')))
        yield '    waiting.append(%s)' % name
        yield '    await %s' % name

    def cancel_self(self, number, tag, depth):
        if self.random.random() < 0.7:
            yield 'await bare()'
            return
        yield 'getattr(asyncio, "current_task", None) and asyncio.current_task().cancel()'
        yield from self.protected(['await asyncio.sleep(0)'])

    def fail(self, number, tag, depth):
        yield 'if n %% %d == 0: raise Failure(%r)' % (self.random.randint(4, 9), tag)

    def synchronise(self, number, tag, depth):
        yield from self.random.choice((
            ['async with shared.lock: await asyncio.sleep(0)'],
            ['async with shared.semaphore: await bare()'],
            ['shared.queue.put_nowait(n)', 'await shared.queue.get()'],
            ['async with shared.condition: shared.condition.notify_all()'],
            ['event = asyncio.Event()', 'asyncio.get_event_loop().call_soon(event.set)', 'await event.wait()']))

    def call(self, number, tag, depth):
        coroutine = self.started(number)
        yield self.random.choice((
            'await %s', 'await %s', 'show(await %s)', 'await asyncio.wait_for(%s, 1000)',
            'await asyncio.wait_for(%s, None)',
            'await Awaitable(%s)', 'await by_generator(%s)', 'await asyncio.shield(%s)',
            'await start(%s)')) % coroutine

    def spawn(self, number, tag, depth):
        name = self.name()
        yield '%s = start(%s)' % (name, self.started(number))
        yield from self.random.choice((
            [],
            ['await asyncio.sleep(0)', 'await %s' % name],
            ['%s.cancel()' % name] + list(self.protected(['await %s' % name])),
            ['await asyncio.sleep(0)', '%s.cancel()' % name] + list(self.protected(['await %s' % name])),
            ['%s.add_done_callback(lambda task: None)' % name, 'await %s' % name],
            ['await asyncio.wait([%s])' % name]))

    def gather(self, number, tag, depth):
        each = 'start(%s)' if self.version < (3, 8) else '%s'      # which take a set's order
        members = ', '.join(each % self.started(number) for _ in range(self.random.randint(1, 4)))
        yield self.random.choice((
            'show(await asyncio.gather(%s))', 'await asyncio.gather(%s, return_exceptions=True)')) % members

    def wait(self, number, tag, depth):
        members = ', '.join('start(%s)' % self.started(number)
                            for _ in range(self.random.randint(1, 3)))
        if self.random.random() < 0.3:
            yield 'for each in asyncio.as_completed([%s]):' % members
            yield from ('    ' + line for line in self.protected(['await each']))
        elif self.version >= (3, 11) and self.random.random() < 0.5:
            yield from self.protected([
                'async with asyncio.TaskGroup() as group:',
                '    group.create_task(%s)' % self.started(number),
                '    group.create_task(%s)' % self.started(number)], 'BaseExceptionGroup')
        else:
            yield 'await asyncio.wait([%s], return_when=asyncio.%s)' % (
                members, self.random.choice(('FIRST_COMPLETED', 'ALL_COMPLETED', 'FIRST_EXCEPTION')))

    def generate(self, number, tag, depth):
        name = self.name()
        if self.random.random() < 0.6:
            yield 'async for %s in %s(n):' % (name, self.other(number, 'g'))
            if self.random.random() < 0.5:
                yield from self.within(number, tag, depth)
            yield '    ' + self.random.choice(('show(%s)', 'if %s: break', '%s')) % name
            return
        if self.random.random() < 0.3:
            yield 'show([%s async for %s in %s(n)])' % (name, name, self.other(number, 'g'))
            return
        yield '%s = %s(n)' % (name, self.other(number, 'g'))
        yield from self.protected(['await %s.__anext__()' % name])
        yield from self.protected([self.random.choice((
            'await %s.asend(1)', 'await %s.aclose()', 'await %s.athrow(Failure("thrown"))',
            'await %s.__anext__()')) % name], 'StopAsyncIteration')

    def manage(self, number, tag, depth):
        ways = ['async with %s():' % self.other(number, 'C')]
        if self.version >= (3, 7):
            ways += ['async with by_function(%s(n)):' % self.other(number, 'g'),
                     'async with contextlib.AsyncExitStack() as stack:']
        if self.version >= (3, 11):
            ways += ['async with asyncio.timeout(1000):',
                     'async with contextlib.aclosing(%s(n)):' % self.other(number, 'g')]
        yield self.random.choice(ways)
        yield from self.within(number, tag, depth)

    def forget(self, number, tag, depth):
        if self.random.random() < 0.8:
            yield from self.call(number, tag, depth)
        else:
            yield self.random.choice(('%s', '%s.close()')) % self.started(number)

    def by_hand(self, number, tag, depth):
        yield 'show(await drive(%s))' % self.started(number)

    def listed(self, number, tag, depth):
        """Coroutines that are made before any of them is awaited."""
        manager, name = self.name(), self.name()
        yield 'async with %s() as %s:' % (self.other(number, 'C'), manager)
        yield '    %s = [%s for _ in range(2)]' % (name, self.started(number))
        yield '    for each in %s: await each' % name

    def guard(self, number, tag, depth):
        yield 'try:'
        yield from self.within(number, tag, depth, 3)
        if self.random.random() < 0.5:
            yield 'finally:'
        else:
            yield 'except (Failure, asyncio.CancelledError) as error:'
            yield '    show(type(error).__name__)'
        yield from self.within(number, tag, depth, 1)

    def repeat(self, number, tag, depth):
        yield 'for n in range(%d):' % self.random.randint(1, 4)
        yield from self.within(number, tag, depth)

    def protected(self, lines, other='Failure'):
        yield 'try:'
        for line in lines:
            yield '    ' + line
        yield 'except (Failure, asyncio.CancelledError, StopAsyncIteration, %s) as error:' % other
        yield '    show(type(error).__name__)'
