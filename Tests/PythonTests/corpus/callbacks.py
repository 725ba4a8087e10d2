# requires 3.7
import asyncio
import functools


class Callable:
    def __getattr__(self, name):
        print('asked for', name)
        raise AttributeError(name)

    def __call__(self, *args):
        print('called', args)

    def __repr__(self):
        print('shown')
        return '<callable>'

    def __eq__(self, other):
        print('compared')
        return NotImplemented
    __hash__ = None


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(Callable(), 1)
    loop.call_soon(functools.partial(Callable(), 2))
    loop.call_soon(loop.call_soon, print, 'nested')
    handle = loop.call_soon(print, 'never')
    handle.cancel()
    timer = loop.call_later(0.001, print, 'never')
    timer.cancel()
    print(handle.cancelled(), timer.cancelled(), type(loop._ready).__name__)
    for _ in range(3):
        await asyncio.sleep(0)          # until 'nested' is printed
    loop.call_later(0.05, Callable(), Callable.__name__)
    await asyncio.sleep(0.1)

asyncio.run(main())
