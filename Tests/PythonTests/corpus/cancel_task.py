# requires 3.7
import asyncio


async def worker():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('cancelled')
        raise
    finally:
        print('finally')


async def main():
    task = asyncio.ensure_future(worker())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('seen')
    print(task.cancelled())
    unstarted = asyncio.ensure_future(worker())
    unstarted.cancel()
    await asyncio.wait([unstarted])
    print(unstarted.cancelled())

asyncio.run(main())
