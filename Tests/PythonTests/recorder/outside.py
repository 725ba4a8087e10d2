"""What a coroutine of a program by chance has to do with what is outside of it: time, threads, sockets, signals, and
what Python can tell of it."""


class Outside:
    def outer(self):
        """The kinds of statements that there are here."""
        return [self.thread, self.executor, self.connect, self.signal, self.look, self.mortal, self.context,
                self.callback, self.crowd] + [self.time] * (3 if self.is_timed else 0)

    def time(self, number, tag, depth):
        delay = self.random.randint(1, 30) / 1000
        name = self.name()
        kinds = [
            ['await asyncio.sleep(%s)' % delay],
            ['asyncio.get_event_loop().call_later(%s, resolve, n)' % delay],
            ['show(round(asyncio.get_event_loop().time(), 4))'],
            ['%s = asyncio.get_event_loop().call_later(%s, show, n)' % (name, delay), 'await bare()',
             '%s.cancel()' % name],
            ['%s = asyncio.get_event_loop().create_future()' % name,
             'asyncio.get_event_loop().call_later(%s, resolve, n)' % delay, 'waiting.append(%s)' % name,
             'await %s' % name]]
        if number + 1 < self.count:
            started = self.started(number)
            kinds += [
                list(self.protected(['await asyncio.wait_for(%s, %s)' % (started, delay)], 'asyncio.TimeoutError')),
                ['await asyncio.wait([start(%s)], timeout=%s)' % (started, delay)]]
            if self.version >= (3, 11):
                kinds.append(list(self.protected([
                    'async with asyncio.timeout(%s): await %s' % (delay, started)], 'TimeoutError')))
        yield from self.random.choice(kinds)

    def thread(self, number, tag, depth):
        """Each thread ends before anything else goes on."""
        name = self.name()
        yield from self.random.choice((
            ['in_thread(asyncio.get_event_loop().call_soon_threadsafe, resolve, n)'],
            ['in_thread(show, n)'],
            ['in_thread(run_elsewhere, n)'],
            ['%s = from_thread(asyncio.get_event_loop(), elsewhere, n)' % name,
             'show(await asyncio.wrap_future(%s))' % name],
            ['%s = from_thread(asyncio.get_event_loop(), elsewhere, n)' % name, 'await bare()',
             '%s.cancel()' % name]))

    def executor(self, number, tag, depth):
        name = self.name()
        yield '%s = asyncio.get_event_loop().run_in_executor(held, %s, n)' % (
            name, self.random.choice(('show', 'run_elsewhere', 'failing')))
        yield from self.random.choice(([], [], ['await bare()'], ['%s.cancel()' % name]))
        yield 'in_thread(held.work)'
        yield from self.protected(['await %s' % name])

    def connect(self, number, tag, depth):
        one, two = self.name(), self.name()
        yield from self.random.choice((
            ['async with Pair() as (%s, %s):' % (one, two),
             '    %s[1].write(b"hello")' % one,
             '    show(await %s[0].read(5))' % two],
            ['async with Pair() as (%s, %s):' % (one, two),
             '    %s = start(%s[0].readline())' % (one, one),
             '    %s[1].write(b"line\\n")' % two,
             '    show(await %s)' % one],
            ['show(await by_socket(n))'],
            ['await readable(resolve)']))

    def signal(self, number, tag, depth):
        if self.random.random() < 0.8:
            yield 'await bare()'
            return
        yield from self.random.choice((
            ['asyncio.get_event_loop().add_signal_handler(signal.SIGUSR1, resolve, n)',
             'os.kill(os.getpid(), signal.SIGUSR1)', 'await asyncio.sleep(0)'],
            ['fork_and_wait()'],
            ['subprocess.check_call(["true"])']))

    def look(self, number, tag, depth):
        name = self.name()
        kinds = [
            ['show(current())'],
            ['show(len(all_tasks()))'],
            [self.random.choice(('ask(asyncio.get_event_loop())', 'in_thread(ask, asyncio.get_event_loop())'))],
            ['try: raise Failure(n)', 'except Failure: traceback.print_exc()']]
        if number + 1 < self.count:
            started = self.started(number)
            kinds += [
                ['%s = %s' % (name, started),
                 'show(inspect.getcoroutinestate(%s), %s.cr_frame.f_lineno)' % (name, name), 'await %s' % name],
                ['%s = start(%s)' % (name, started), 'await bare()', 'show(%s)' % name, '%s.print_stack()' % name],
                ['%s = %s' % (name, started), 'start(%s)' % name, 'await bare()',
                 'show(inspect.getcoroutinestate(%s), %s.cr_await)' % (name, name)],
                ['try: await %s' % started, 'except Failure: traceback.print_exc()']]
        yield from self.random.choice(kinds)

    def mortal(self, number, tag, depth):
        """Tells when something is gone."""
        name = self.name()
        kinds = [['%s = Mortal(%r, n)' % (name, tag)],
                 ['%s = asyncio.get_event_loop().create_future()' % name,
                  'weakref.finalize(%s, show, "future gone")' % name,
                  'waiting.append(%s)' % name, 'await %s' % name, 'del %s' % name]]
        if number + 1 < self.count:
            made = self.started(number)
            kinds += [
                ['%s = %s' % (name, made), 'weakref.finalize(%s, show, "coroutine gone")' % name, 'await %s' % name]
                + ['del %s' % name] * (self.random.random() < 0.5),
                ['%s = asyncio.ensure_future(%s)' % (name, made), 'weakref.finalize(%s, show, "task gone")' % name,
                 'await %s' % name] + ['del %s' % name] * (self.random.random() < 0.5)]
        yield from self.random.choice(kinds)

    def context(self, number, tag, depth):
        if self.version < (3, 7):
            yield 'await bare()'
            return
        kinds = [['variable.set(n)'], ['show(variable.get(0))'],
                 ['contextvars.copy_context().run(show, n)']]
        if self.version >= (3, 11) and number + 1 < self.count:
            kinds.append(['await asyncio.create_task(%s, context=contextvars.Context())' % self.started(number)])
        yield from self.random.choice(kinds)

    def callback(self, number, tag, depth):
        yield 'asyncio.get_event_loop().' + self.random.choice((
            'call_soon(show, n)', 'call_soon(failing, n)', 'call_soon(functools.partial(show, "partial"))',
            'call_soon(lambda: asyncio.get_event_loop().call_soon(resolve))', 'call_soon(show).cancel()',
            'call_later(0, resolve)', 'call_exception_handler({"message": "said"})'))

    def crowd(self, number, tag, depth):
        name = self.name()
        kinds = [
            ['%s = asyncio.Queue(2)' % name,
             '%s_all = [start(worker(%s)) for _ in range(3)]' % (name, name),
             'for each in range(5): await %s.put(each)' % name, 'await %s.join()' % name,
             'for each in %s_all: each.cancel()' % name],
            ['%s = asyncio.Semaphore(1)' % name,
             'show(await asyncio.gather(*[start(within(%s, each)) for each in range(3)]))' % name]]
        if self.version >= (3, 11):
            kinds.append(['%s = asyncio.Barrier(3)' % name,
                          'await asyncio.wait([start(%s.wait()) for _ in range(3)])' % name])
        if self.version >= (3, 13):
            kinds.append(['%s = asyncio.Queue()' % name, 'for _ in range(2): start(worker(%s))' % name,
                          'await bare()', '%s.put_nowait(n)' % name, '%s.shutdown()' % name])
        yield from self.random.choice(kinds)
