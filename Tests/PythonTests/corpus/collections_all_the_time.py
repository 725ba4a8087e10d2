# requires 3.7
"""Coroutines that are made, run and thrown away while garbage is collected all the time."""
import asyncio
import gc

gc.set_threshold(7, 3, 3)


async def nap(number):
    await asyncio.sleep(0)
    return number


async def main():
    for _ in range(20):
        kept = [nap(number) for number in range(50)]
        print(sum(await asyncio.gather(*kept)))
        kept = [nap(number) for number in range(20)]
        print(sum([await one for one in kept]))
        for one in [nap(number) for number in range(10)]:
            one.close()

asyncio.run(main())
