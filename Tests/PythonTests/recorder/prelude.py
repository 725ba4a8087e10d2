"""What every program of `generate.py` begins with: it stands in the library."""
import asyncio
import concurrent.futures
import contextlib
import functools
import gc
import heapq
import inspect
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
import types
import weakref

gc.disable()            # when a circle dies is nobody's to say

def show(*things):
    print(*things, flush=True)

class Failure(Exception):
    pass

def failing(value=None):
    raise Failure('failing', value)

class Awaitable:
    """What awaits by a method of its own."""
    def __init__(self, coroutine):
        self.coroutine = coroutine
    def __await__(self):
        return (yield from self.coroutine.__await__())

class Each:
    """An async iterator that is no generator."""
    def __init__(self, generator):
        self.generator = generator
    def __aiter__(self):
        return self
    async def __anext__(self):
        return await self.generator.__anext__()

class Mortal:
    """Tells when it goes."""
    def __init__(self, *tags):
        self.tags = tags
    def __del__(self):
        show('gone', *self.tags)

def decorated(function):
    @functools.wraps(function)
    async def wrapper(*arguments):
        try:
            return await function(*arguments)
        finally:
            show('decorated')
    return wrapper

if hasattr(contextlib, 'asynccontextmanager'):
    @contextlib.asynccontextmanager
    async def by_function(generator):
        """Not whole: its generator is left where it stands."""
        value = await generator.__anext__()
        try:
            yield value
        finally:
            await asyncio.sleep(0)

if hasattr(asyncio, 'run'):
    import contextvars
    variable = contextvars.ContextVar('variable')

@types.coroutine
def by_generator(coroutine):
    return (yield from coroutine.__await__())

@getattr(asyncio, 'coroutine', types.coroutine)
def by_old_generator(coroutine):
    return (yield from coroutine.__await__())

@types.coroutine
def bare():
    yield

class Locks:
    """Made when they are first asked for, in the loop that runs."""
    def __init__(self):
        self.made = {}
    def __getattr__(self, name):
        if name not in self.made:
            self.made[name] = {'lock': asyncio.Lock, 'semaphore': lambda: asyncio.Semaphore(2),
                               'condition': asyncio.Condition, 'queue': asyncio.Queue}[name]()
        return self.made[name]

shared = Locks()
waiting = []            # futures that whoever comes by resolves
tasks = []

def start(coroutine):
    tasks.append(asyncio.ensure_future(coroutine))
    return tasks[-1]

def resolve(value=None):
    while waiting:
        future = waiting.pop(0)
        if not future.done():
            future.set_result(value)

async def tend():
    """Lets nobody wait for ever."""
    is_timed = isinstance(asyncio.get_event_loop(), Clock)
    for each in range(400):
        await asyncio.sleep(0.01 if is_timed and each % 20 == 19 else 0)
        resolve('tended')

async def drive(coroutine):
    """Runs a coroutine by hand, as far as it goes without waiting."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    except Failure as failure:
        return failure
    coroutine.close()

def current():
    return (asyncio.current_task if hasattr(asyncio, 'current_task') else asyncio.Task.current_task)()

def all_tasks():
    return (asyncio.all_tasks if hasattr(asyncio, 'all_tasks') else asyncio.Task.all_tasks)()

# MARK: Time, threads, sockets

class Clock(asyncio.SelectorEventLoop):
    """Its time passes while there is nothing else to do."""
    now = 0.0
    def __init__(self):
        super().__init__()
        self.selector = self._selector.select
        self._selector.select = self.jump
    def jump(self, timeout=None):
        events = self.selector(0 if timeout else timeout)
        if timeout and not events:
            self.now += timeout
        return events
    def time(self):
        return self.now

class Keeper(Clock):
    """Keeps what it is to call itself, as Qt's loops do; of what is due the youngest comes first."""
    def __init__(self):
        self.calls, self.numbers = [], itertools.count(0, -1)
        super().__init__()
    def call_soon(self, callback, *arguments, **more):
        return self.call_later(0, callback, *arguments, **more)
    def call_soon_threadsafe(self, callback, *arguments, **more):
        return self.call_soon(callback, *arguments, **more)
    def call_later(self, delay, callback, *arguments, **more):
        return self.call_at(self.time() + delay, callback, *arguments, **more)
    def call_at(self, when, callback, *arguments, **more):
        return self._add_callback(asyncio.Handle(callback, arguments, self, **more), when)
    def _add_callback(self, handle, when=0):
        heapq.heappush(self.calls, (when, next(self.numbers), handle))
        return handle
    def _run_once(self):
        wait = max(0, self.calls[0][0] - self.time()) if self.calls else None
        self._process_events(self._selector.select(0 if self._stopping else wait))
        due, self.calls = self.calls, []
        for _ in range(len(due)):
            when, number, handle = heapq.heappop(due)
            if when > self.time():
                heapq.heappush(self.calls, (when, number, handle))
            elif not handle._cancelled:
                handle._run()
            del handle

class Task(asyncio.Task):
    """As a program's own task factory may make it."""

def ask(loop):
    """As Playwright and prompt_toolkit do."""
    show(len(loop._ready), bool(loop._ready))

def in_thread(function, *arguments):
    thread = threading.Thread(target=function, args=arguments)
    thread.start()
    thread.join()

def from_thread(loop, function, value):
    found = []
    in_thread(lambda: found.append(asyncio.run_coroutine_threadsafe(function(value), loop)))
    return found[0]

async def elsewhere(value):
    await asyncio.sleep(0)
    show('elsewhere', value)
    return value

def run_elsewhere(value):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(elsewhere(value))
    loop.close()
    return value

class Held(concurrent.futures.Executor):
    """Does its work when it is told to."""
    def __init__(self):
        self.jobs = []
    def submit(self, function, *arguments, **more):
        self.jobs.append((concurrent.futures.Future(), functools.partial(function, *arguments, **more)))
        return self.jobs[-1][0]
    def work(self):
        while self.jobs:
            future, function = self.jobs.pop(0)
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(function())
                except Failure as failure:
                    future.set_exception(failure)

held = Held()

class Pair:
    """Two ends, each a reader and a writer."""
    async def __aenter__(self):
        self.ends = [await asyncio.open_connection(sock=one) for one in socket.socketpair()]
        return self.ends
    async def __aexit__(self, *exception):
        for reader, writer in self.ends:
            writer.close()

async def by_socket(value):
    loop = asyncio.get_event_loop()
    one, two = socket.socketpair()
    with one, two:
        one.setblocking(False)
        two.setblocking(False)
        await loop.sock_sendall(one, b'%d' % value)
        return await loop.sock_recv(two, 10)

async def readable(function):
    loop = asyncio.get_event_loop()
    one, two = socket.socketpair()
    with one, two:
        loop.add_reader(two, function)
        one.send(b'x')
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        loop.remove_reader(two)

def fork_and_wait():
    process = os.fork()
    if not process:
        os._exit(3)
    show(os.waitpid(process, 0)[1])

async def worker(queue):
    while True:
        show('works at', await queue.get())
        queue.task_done()

async def within(semaphore, value):
    async with semaphore:
        await bare()
        return value

F = sys.modules['registry'].__dict__
