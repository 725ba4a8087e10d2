# requires 3.9
import asyncio
import time


def blocking(n):
    time.sleep(0.001)
    return n * 2


async def main():
    print(await asyncio.gather(*[asyncio.to_thread(blocking, n) for n in range(3)]))

asyncio.run(main())
