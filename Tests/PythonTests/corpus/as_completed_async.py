# requires 3.13
import asyncio


async def nap(n):
    await asyncio.sleep(0.05 * n)
    return n


async def main():
    async for task in asyncio.as_completed([nap(2), nap(1), nap(3)]):
        print(await task)
    try:
        async for task in asyncio.as_completed([nap(20)], timeout=0.001):
            await task
    except TimeoutError:
        print('timeout')

asyncio.run(main())
