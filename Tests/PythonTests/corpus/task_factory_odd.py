# requires 3.7
# not with PYTHONWARNINGS=error (a traceback at the very end is shorter)
"""A task factory may make anything that can be awaited. Nobody asks that for more."""
import asyncio


class Odd:
    def __init__(self, coroutine):
        self.coroutine = coroutine

    def __await__(self):
        return self.coroutine.__await__()

    def __getattr__(self, name):
        print('asked for', name)
        raise AttributeError(name)


async def number(n):
    await asyncio.sleep(0)
    return n


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **kw: Odd(coro))
    print(await loop.create_task(number(1)))
    loop.set_task_factory(None)

asyncio.run(main())
