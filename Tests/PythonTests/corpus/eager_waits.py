# requires 3.12
"""What eager tasks wait for in their first step: for what another holds or is to make, in functions
of the library, in one another's way, or for nothing."""
import asyncio


async def holds(lock, other):
    async with lock:
        await asyncio.sleep(0.001)
        async with other:
            pass


async def acquires(lock, other):
    async with lock, other:
        pass


async def awaits(what):
    return await what


async def makes(lock):
    async with lock:
        task = asyncio.create_task(awaits(lock.acquire()))
        await asyncio.sleep(0)
    await task
    lock.release()


async def numbers(queue):
    while True:
        yield await queue.get()


async def iterates(queue):
    async for number in numbers(queue):
        return number


async def completed(*whats):
    return [await one for one in asyncio.as_completed(whats)]


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value


async def drives():
    drive(awaits(quick(0)))
    await asyncio.sleep(0.001)


async def cancels_itself():
    asyncio.current_task().cancel()
    await asyncio.sleep(60)


async def quick(number):
    return number


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    one, other, third = asyncio.Lock(), asyncio.Lock(), asyncio.Lock()
    queue, event, future = asyncio.Queue(), asyncio.Event(), loop.create_future()
    stuck = [loop.create_task(coroutine) for coroutine in (holds(one, other), acquires(other, one))]
    tasks = [loop.create_task(coroutine) for coroutine in (
        makes(third), iterates(queue), awaits(future), awaits(asyncio.wait_for(event.wait(), 60)),
        asyncio.wait_for(event.wait(), 60), asyncio.wait_for(quick(1), 60), event.wait(),
        completed(stuck[0]), drives(), cancels_itself(), quick(2))]
    cancelled = loop.create_task(awaits(event.wait()))
    cancelled.cancel()
    await asyncio.wait([*stuck, cancelled], timeout=0.01)
    print(one.locked(), other.locked(), cancelled.cancelled())
    stuck[1].cancel()
    event.set()
    queue.put_nowait(3)
    future.set_result(4)
    print(await asyncio.gather(*tasks, return_exceptions=True))

asyncio.run(main())
