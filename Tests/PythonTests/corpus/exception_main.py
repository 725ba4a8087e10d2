# requires 3.7
import asyncio


async def deep(n):
    if n:
        await deep(n - 1)
    else:
        raise KeyError('deep down')


async def main():
    await asyncio.sleep(0)
    await deep(3)

asyncio.run(main())
