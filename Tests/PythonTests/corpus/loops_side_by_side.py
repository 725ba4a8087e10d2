# requires 3.7
"""Loops in several threads that hand coroutines to one another all the time."""
import asyncio
import threading

LOOPS = 4
loops, results = {}, {}
started = threading.Barrier(LOOPS)
over = threading.Barrier(LOOPS)


async def leaf(number):
    await asyncio.sleep(0)
    return number


async def numbers(count):
    for number in range(count):
        yield await leaf(number)


async def work(queue, lock, out):
    while True:
        item = await queue.get()
        if item is None:
            return
        async with lock:
            out.append(item)
            await asyncio.sleep(0)
        if item % 7 == 0:
            try:
                await asyncio.wait_for(asyncio.sleep(10), 0.0001)
            except asyncio.TimeoutError:
                pass


async def main(place):
    loop = loops[place] = asyncio.get_running_loop()
    await loop.run_in_executor(None, started.wait)
    queue, lock, out = asyncio.Queue(3), asyncio.Lock(), []
    workers = [loop.create_task(work(queue, lock, out)) for _ in range(3)]
    for number in range(60):
        await queue.put(number)
        if number % 5 == 0:
            other = loops[(place + number) % LOOPS]
            future = asyncio.run_coroutine_threadsafe(leaf(number), other)
            assert await asyncio.wrap_future(future) == number
        if number % 20 == 0:
            async for _ in numbers(3):
                pass
    for _ in workers:
        await queue.put(None)
    await asyncio.gather(*workers)
    sums = await asyncio.gather(*[leaf(number) for number in range(20)])
    await loop.run_in_executor(None, over.wait)     # until then, others hand us coroutines
    return sum(out) + sum(sums)


def run(place):
    results[place] = asyncio.run(main(place))


threads = [threading.Thread(target=run, args=(place,)) for place in range(LOOPS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()))
