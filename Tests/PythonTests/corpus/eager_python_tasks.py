# requires 3.12
"""Tasks that are written in Python, and take their first step at once."""
import asyncio


async def slow(number):
    await asyncio.sleep(0.001)
    return number


async def quick(number):
    return number


async def both(number):
    task = asyncio.create_task(slow(number))
    return await task + await asyncio.create_task(quick(number))


def factory(loop, coroutine, **named):
    return asyncio.tasks._PyTask(coroutine, loop=loop, eager_start=True, **named)


async def main():
    asyncio.get_running_loop().set_task_factory(factory)
    for function in slow, quick, both:
        print(await asyncio.create_task(function(1)))
    print(await asyncio.gather(*[function(2) for function in (slow, quick, both)]))


asyncio.run(main())
