# requires 3.7
"""A task that was woken gives up its turn: the handle that runs is not the one of its last step."""
import asyncio


async def nap():
    await asyncio.sleep(0.01)


async def main():
    await asyncio.sleep(0)
    await asyncio.create_task(nap())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('up')


asyncio.run(main())
