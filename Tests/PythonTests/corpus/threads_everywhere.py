# requires 3.7
# Threads that take turns as often as they can, with loops of their own.
import asyncio
import sys
import threading

sys.setswitchinterval(1e-6)


async def work():
    lock = asyncio.Lock()
    for _ in range(30):
        await asyncio.sleep(0.0001)
        await asyncio.gather(asyncio.sleep(0), asyncio.sleep(0.0001))
        async with lock:
            pass
        try:
            await asyncio.wait_for(asyncio.sleep(1), 0.0001)
        except asyncio.TimeoutError:
            pass


def run():
    asyncio.run(work())

threads = [threading.Thread(target=run) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('done')
