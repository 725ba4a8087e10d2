"""What every program of `generate.py` begins with: it stands in the library."""
import asyncio
import contextlib
import gc
import sys
import types

gc.disable()            # when a circle dies is nobody's to say

def show(*things):
    print(*things, flush=True)

class Failure(Exception):
    pass

class Awaitable:
    """What awaits by a method of its own."""
    def __init__(self, coroutine):
        self.coroutine = coroutine
    def __await__(self):
        return (yield from self.coroutine.__await__())

if hasattr(contextlib, 'asynccontextmanager'):
    @contextlib.asynccontextmanager
    async def by_function(generator):
        """Not whole: its generator is left where it stands."""
        value = await generator.__anext__()
        try:
            yield value
        finally:
            await asyncio.sleep(0)

@types.coroutine
def by_generator(coroutine):
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
    for _ in range(400):
        await asyncio.sleep(0)
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

F = sys.modules['registry'].__dict__
