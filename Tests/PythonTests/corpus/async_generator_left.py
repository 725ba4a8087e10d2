# requires 3.7
"""Async generators that nobody takes from any more: the loop closes them, one in several steps."""
import asyncio


async def waits():
    try:
        while True:
            await asyncio.sleep(0.01)
            yield 1
    finally:
        await asyncio.sleep(0.01)
        print('closed')


async def does_not():
    try:
        while True:
            await asyncio.sleep(0.01)
            yield 1
    finally:
        print('closed at once')


async def take(generator):
    count = 0
    async for one in generator:
        count += 1
        await asyncio.sleep(0)
        if count == 3:
            return one


async def main():
    print(await asyncio.gather(take(waits()), take(does_not())))
    await asyncio.sleep(0.1)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.run_until_complete(loop.shutdown_asyncgens())
