# requires 3.12
import asyncio


async def quick(n):
    print('quick', n)
    return n


async def slow(n):
    print('slow starts', n)
    await asyncio.sleep(0.001)
    print('slow ends', n)
    return n


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(quick(1)), asyncio.create_task(slow(2)),
             asyncio.create_task(quick(3))]
    print('made')
    print(await asyncio.gather(*tasks))

asyncio.run(main())
