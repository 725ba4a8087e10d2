# requires 3.7
import asyncio
import sys
from asyncio import tasks


async def nap(n):
    await asyncio.sleep(0.001)
    return n


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **kw: tasks._PyTask(coro, loop=loop, **kw))
    print(await asyncio.gather(nap(1), nap(2)))
    loop.set_task_factory(None)
    if sys.version_info >= (3, 12):
        print(await tasks._PyTask(nap(3), loop=loop, eager_start=True))

asyncio.run(main())
