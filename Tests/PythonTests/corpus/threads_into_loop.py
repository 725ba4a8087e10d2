# requires 3.7
# A busy loop, into which threads put handles, print and make coroutines at any moment.
import asyncio
import sys
import threading

sys.setswitchinterval(1e-6)
count = 0


async def add(a, b):
    await asyncio.sleep(0)
    return a + b


async def main():
    loop = asyncio.get_running_loop()
    running = 3

    def bump():
        global count
        count += 1

    def finished():
        nonlocal running
        running -= 1

    def elsewhere():
        for _ in range(300):
            loop.call_soon_threadsafe(bump)
        for number in range(30):
            asyncio.run_coroutine_threadsafe(add(number, 2), loop).result()
            sys.stdout.write('x')
        loop.call_soon_threadsafe(finished)

    for _ in range(3):
        threading.Thread(target=elsewhere).start()
    while running:
        await asyncio.sleep(0)
    await asyncio.gather(*(loop.run_in_executor(None, bump) for _ in range(100)))

asyncio.run(main())
print(count)
