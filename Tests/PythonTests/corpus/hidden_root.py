# requires 3.8
"""Tasks around the calls of a library's async generator, which awaits a coroutine of the user's."""
import asyncio

LIBRARY = '''
import asyncio


async def results(*coroutines):
    for coroutine in coroutines:
        yield await coroutine
        await asyncio.sleep(0)
'''


async def nap(number):
    await asyncio.sleep(0.001)
    await asyncio.sleep(0)
    if number == 2:
        raise ValueError('no')
    return number


async def main():
    generators = [results(nap(1), nap(3)), results(nap(2))]
    for _ in range(3):
        tasks = [asyncio.ensure_future(generator.__anext__()) for generator in generators]
        print(await asyncio.gather(*tasks, return_exceptions=True))


exec(compile(LIBRARY, '/site-packages/library.py', 'exec'))
asyncio.run(main())
