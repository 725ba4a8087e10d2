# requires 3.7
import asyncio


async def worker(n):
    await asyncio.sleep(0)
    await asyncio.sleep(0.001)
    return n


async def main():
    print(sum(await asyncio.gather(*[worker(n) for n in range(10000)])))

asyncio.run(main())
