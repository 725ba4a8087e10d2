# requires 3.12
"""A library's coroutines as eager tasks: cancelled when they have given up their turn, in their first step."""
import asyncio
import contextlib

LIBRARY = '''
import asyncio

async def numbers():
    try:
        await asyncio.sleep(0)
        yield 1
    finally:
        await asyncio.sleep(0)

async def count():
    async for number in numbers():
        print(number)

async def pause(times):
    for _ in range(times):
        await asyncio.sleep(0)
'''
library = {}
exec(compile(LIBRARY, contextlib.__file__, 'exec'), library)


async def main():
    for work in library['count'](), library['pause'](2), library['pause'](0):
        task = asyncio.ensure_future(work)
        task.cancel()
        print(await asyncio.gather(task, library['pause'](3), return_exceptions=True))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.set_task_factory(asyncio.eager_task_factory)
loop.run_until_complete(main())
loop.close()
