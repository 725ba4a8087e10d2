"""Makes asyncio programs by chance: what they print does not depend on any clock.

A program is some coroutine functions, async generators and context managers, each of which uses those with a
higher number. About half of them are a library's, which stands in a folder of installed packages.
"""

import os
import random

from outside import Outside
from statements import Statements

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'prelude.py')) as file:
    PRELUDE = file.read()

END = '''
async def main():
    tender = asyncio.ensure_future(tend())
    for _ in range(%(rounds)d):
        try:
            show(await F['f0'](1))
        except (Failure, asyncio.CancelledError, asyncio.TimeoutError, RuntimeError, LookupError) as error:
            show(type(error).__name__, error)
    [setattr(task, '_log_destroy_pending', False) for task in all_tasks()]     # in an order that is nobody's to say
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
           'for task in tasks: task.cancel()\n    await tender', 'raise SystemExit(3)', 'raise KeyboardInterrupt',
           'failing()', 'asyncio.get_event_loop().stop()\n    await tender')


class Maker(Statements, Outside):
    def __init__(self, seed, version):
        self.random = random.Random(seed)
        self.version = version
        self.count = self.random.randint(3, 8)
        self.names = 0
        self.is_timed = self.random.random() < 0.4

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
        run = self.random.choice(RUNS[self.version < (3, 7) or 'await tender' not in ending or 'stop' in ending:])
        settings = []
        if self.version >= (3, 12) and self.random.random() < 0.25:
            settings = ['loop.set_task_factory(asyncio.eager_task_factory)\n']
        if self.random.random() < 0.1:
            settings.insert(0, 'loop.set_task_factory('
                            'lambda loop, coroutine, **more: Task(coroutine, loop=loop, **more))\n')
        if (settings or self.is_timed) and run == RUNS[0]:
            run = RUNS[1]
        if self.is_timed:
            clock = self.random.choice(('Clock()', 'Clock()', 'Keeper()'))
            if self.version < (3, 7):
                clock = 'Clock()'       # where a Keeper is ended by an exception, tracebacks have a frame of ours
            run = run.replace('asyncio.new_event_loop()', clock)
        made = 'set_event_loop(loop)\n'
        run = run.replace(made, made + ''.join(settings))
        if self.random.random() < 0.1:
            run = 'asyncio.Task = asyncio.tasks.Task = asyncio.tasks._PyTask\n' + run
        run = run % (self.random.random() < 0.3) if '%' in run else run
        main = END % {'rounds': rounds, 'ending': ending, 'run': run}
        library = PRELUDE + '\n'.join(parts[True])
        own = 'from library import *\nimport library\n' + '\n'.join(parts[False])
        return library, own + main

    # MARK: Functions

    def coroutine(self, number):
        if self.random.random() < 0.15:
            yield '@decorated'
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
        yield '    async def __aexit__(self, kind, error, trace):'
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
                 self.rename, self.fail, self.synchronise] + self.random.sample(self.outer(), 4)
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
