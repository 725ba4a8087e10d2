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


asyncio.get_event_loop_policy().new_event_loop().run_until_complete(main())
