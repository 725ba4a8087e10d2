# requires 3.7
"""Threads that C code has started hand work in to a busy loop, print, and run loops of their own."""
import asyncio
import ctypes
import sys

THREADS, HANDLES = 3, 1000
C = ctypes.CDLL(None)
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


async def add(a, b):
    await asyncio.sleep(0)
    return a + b


async def main():
    loop = asyncio.get_running_loop()
    done, count = loop.create_future(), 0

    def met():
        nonlocal count
        count += 1
        if count == THREADS * HANDLES:
            done.set_result(count)

    @CALLBACK
    def hand_in(_):
        for _ in range(HANDLES - 1):
            loop.call_soon_threadsafe(met)
        sys.stdout.write('x' * asyncio.run_coroutine_threadsafe(add(1, 1), loop).result())
        other = asyncio.new_event_loop()
        sys.stdout.write('x' * other.run_until_complete(add(1, 2)))
        other.close()
        loop.call_soon_threadsafe(met)
        return 0

    async def busy():
        while not done.done():
            await asyncio.sleep(0)
    threads = [ctypes.c_void_p() for _ in range(THREADS)]
    for thread in threads:
        C.pthread_create(ctypes.byref(thread), None, hand_in, None)
    await asyncio.gather(*[busy() for _ in range(3)])
    for thread in threads:
        C.pthread_join(thread, None)
    print(await done)

sys.setswitchinterval(1e-6)
asyncio.run(main())
