# requires 3.12
"""While a task takes its eager step in one thread, a loop in another goes from handle to handle."""
import asyncio
import threading

inside, went_on = threading.Event(), threading.Event()


async def waits_inside(event):
    inside.set()
    went_on.wait(20)
    await event.wait()


async def one():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    event = asyncio.Event()
    task = asyncio.create_task(waits_inside(event))
    event.set()
    await task


async def yields():
    await asyncio.sleep(0)


async def other():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    inside.wait(20)
    await asyncio.create_task(yields())
    await asyncio.sleep(0.001)
    went_on.set()


threads = [threading.Thread(target=asyncio.run, args=(function(),)) for function in (one, other)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('both have ended')
