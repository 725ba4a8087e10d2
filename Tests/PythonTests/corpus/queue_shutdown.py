# requires 3.13
import asyncio


async def consumer(queue):
    try:
        while True:
            print(await queue.get())
    except asyncio.QueueShutDown:
        print('shut down')


async def main():
    queue = asyncio.Queue()
    task = asyncio.create_task(consumer(queue))
    await queue.put(1)
    await asyncio.sleep(0)
    queue.shutdown()
    await task

asyncio.run(main())
