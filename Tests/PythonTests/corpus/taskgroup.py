# requires 3.11
import asyncio


async def nap(n):
    await asyncio.sleep(0.03 * n)
    print('nap', n)
    return n


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(nap(n), name='nap-%d' % n) for n in range(3)]
    print([t.result() for t in tasks], [t.get_name() for t in tasks])

asyncio.run(main())
