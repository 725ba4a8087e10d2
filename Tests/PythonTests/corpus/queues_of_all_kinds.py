# requires 3.7
import asyncio


async def producer(queue):
    for n in range(6):
        await queue.put(n)
        print('put', n)


async def consumer(queue):
    while True:
        n = await queue.get()
        print('got', n)
        await asyncio.sleep(0)
        queue.task_done()


async def main():
    queue = asyncio.Queue(2)
    task = asyncio.ensure_future(consumer(queue))
    await producer(queue)
    await queue.join()
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('stopped')
    priority = asyncio.PriorityQueue()
    for n in (3, 1, 2):
        priority.put_nowait(n)
    print([await priority.get() for _ in range(3)])
    try:
        priority.get_nowait()
    except asyncio.QueueEmpty:
        print('empty')

asyncio.run(main())
