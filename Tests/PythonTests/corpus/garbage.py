"""Leaves nothing to the garbage collector: nobody else may leave more."""
import asyncio
import gc
import types


async def inner(number):
    await asyncio.sleep(0)
    return number


async def fails():
    await asyncio.sleep(0)
    raise ValueError


async def steps():
    for number in range(2):
        yield number
        await asyncio.sleep(0)


@types.coroutine
def turn():
    yield


async def by_hand():
    await turn()


def drive():
    driven = by_hand()
    driven.send(None)
    try:
        driven.send(None)
    except StopIteration:
        pass


async def worker(number):
    asyncio.get_event_loop().call_soon(drive)
    await inner(number)
    async for _ in steps():
        pass
    future = asyncio.get_event_loop().create_future()
    asyncio.get_event_loop().call_soon(future.set_result, number)
    await future
    try:
        await fails()
    except ValueError:
        pass
    sleeper = asyncio.ensure_future(asyncio.sleep(60))
    await asyncio.sleep(0)
    sleeper.cancel()


async def main():
    for _ in range(3):
        await asyncio.gather(*[worker(number) for number in range(100)])


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
gc.collect()
gc.disable()
loop.run_until_complete(main())
found = gc.collect()
print(found)
loop.close()
