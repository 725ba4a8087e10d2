# requires 3.7
import asyncio


async def nap(n):
    await asyncio.sleep(0.05 * n)
    return n


async def main():
    for future in asyncio.as_completed([nap(2), nap(1), nap(3)]):
        print(await future)

asyncio.run(main())
