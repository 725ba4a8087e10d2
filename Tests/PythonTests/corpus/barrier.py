# requires 3.11
import asyncio


async def runner(barrier, n):
    await asyncio.sleep(0.02 * n)
    place = await barrier.wait()
    return place is not None


async def main():
    barrier = asyncio.Barrier(3)
    print(await asyncio.gather(*[runner(barrier, n) for n in range(3)]))
    waiting = asyncio.create_task(runner(barrier, 0))
    await asyncio.sleep(0.1)
    await barrier.abort()
    try:
        await waiting
    except asyncio.BrokenBarrierError:
        print('broken')

asyncio.run(main())
