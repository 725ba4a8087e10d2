# requires 3.12
"""Eager tasks of a library that have ended by the time they are met, and tasks around the calls of
an async generator."""
import asyncio

LIBRARY = '''
async def at_once(result):
    if result is None:
        raise ValueError('no')
    return result
'''


async def count():
    for number in range(3):
        await asyncio.sleep(0.001)
        yield number


async def main():
    loop = asyncio.get_running_loop()
    numbers = count()
    print(await asyncio.create_task(numbers.__anext__()),
          await asyncio.wait_for(anext(numbers), 1))
    await asyncio.create_task(numbers.aclose())
    loop.set_task_factory(asyncio.eager_task_factory)
    tasks = [loop.create_task(at_once(result)) for result in (1, None)]
    print(await asyncio.gather(*tasks, return_exceptions=True))
    await asyncio.wait([loop.create_task(at_once(2))])
    async with asyncio.TaskGroup() as group:
        group.create_task(at_once(3))


exec(compile(LIBRARY, '/site-packages/library.py', 'exec'))
asyncio.run(main())
