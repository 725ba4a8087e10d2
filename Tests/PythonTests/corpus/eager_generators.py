# requires 3.12
"""Calls of async generators as eager tasks, which begin and go on right under a coroutine that runs."""
import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def results():
    for seconds in 0, 0.001, 0:
        yield await nap(seconds)


async def main():
    loop = asyncio.get_running_loop()
    generator = results()
    for is_eager in True, True, False:
        print(await asyncio.Task(generator.__anext__(), loop=loop, eager_start=is_eager))
        await asyncio.sleep(0)
    print(await asyncio.gather(nap(0), nap(0.001)))

asyncio.run(main())
