# requires 3.7
"""Threads hand work in to a busy loop, and are stopped wherever they are."""
import asyncio
import sys
import threading

THREADS, HANDLES = 4, 1000


async def busy(enough):
    while not enough.is_set():
        await asyncio.sleep(0)


async def main():
    loop, enough, count = asyncio.get_running_loop(), asyncio.Event(), 0

    def met():
        nonlocal count
        count += 1
        if count == THREADS * HANDLES:
            enough.set()

    def hand_in():
        for _ in range(HANDLES):
            loop.call_soon_threadsafe(met)
    threads = [threading.Thread(target=hand_in) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    await asyncio.gather(*[busy(enough) for _ in range(3)])
    for thread in threads:
        thread.join()
    print(count)

sys.setswitchinterval(1e-6)
asyncio.run(main())
