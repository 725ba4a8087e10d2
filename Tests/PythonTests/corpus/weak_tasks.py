# requires 3.7
import asyncio
import sys
import weakref


async def nap():
    await asyncio.sleep(0)


async def main():
    task = asyncio.ensure_future(nap())
    reference = weakref.ref(task)
    count = sys.getrefcount(task)
    await task
    del task
    print(reference() is None, count)
    print(len(asyncio.all_tasks()))

asyncio.run(main())
