"""What a coroutine of a program by chance does with others: it awaits, starts, gathers, cancels and loops."""


class Statements:
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

    def rename(self, number, tag, depth):
        if self.version >= (3, 8):
            yield self.random.choice(('asyncio.current_task().set_name(%r)',
                                      '[task.set_name(%r) for task in asyncio.all_tasks()]')) % tag
        else:
            yield 'show(n)'

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
            'await Awaitable(%s)', 'await by_generator(%s)', 'await by_old_generator(%s)', 'await asyncio.shield(%s)',
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
            yield 'async for %s in %s:' % (name, self.random.choice(('%s(n)', '%s(n)', 'Each(%s(n))'))
                                           % self.other(number, 'g'))
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
