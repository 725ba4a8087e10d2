# requires 3.7
import asyncio


async def worker(lock, n):
    async with lock:
        print('in', n)
        await asyncio.sleep(0.001)
        print('out', n)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*[worker(lock, n) for n in range(4)])

asyncio.run(main())
