# requires 3.7
"""An awaitable that names its slots as coroutines name their attributes, and leaves them empty."""
import asyncio
import collections.abc


class Slotted:
    __slots__ = 'cr_await', 'inner', '__weakref__'

    def __init__(self):
        self.inner = asyncio.sleep(0.001)

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return self.inner.send(None)

    send = lambda self, value: self.inner.send(value)
    throw = lambda self, *how: self.inner.throw(*how)
    close = lambda self: self.inner.close()

collections.abc.Coroutine.register(Slotted)


async def waits():
    await Slotted()


async def main():
    await asyncio.ensure_future(Slotted())
    await waits()
    print('over')

asyncio.run(main())
