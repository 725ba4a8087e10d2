# requires 3.7
import asyncio


async def fail(n):
    await asyncio.sleep(0.02 * n)
    raise ValueError('number %d' % n)


async def fine():
    return 'fine'


async def main():
    print(await asyncio.gather(fail(1), fine(), fail(2), return_exceptions=True))
    try:
        await asyncio.gather(fail(3), fine(), fail(1))
    except ValueError as error:
        print('first', error)
    await asyncio.sleep(0.1)

asyncio.run(main())
