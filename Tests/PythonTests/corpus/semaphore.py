# requires 3.7
import asyncio


async def worker(semaphore, n):
    async with semaphore:
        print('in', n)
        await asyncio.sleep(0.001)
    return n


async def main():
    semaphore = asyncio.BoundedSemaphore(2)
    print(await asyncio.gather(*[worker(semaphore, n) for n in range(5)]))
    try:
        semaphore.release()
    except ValueError as error:
        print(error)

asyncio.run(main())
