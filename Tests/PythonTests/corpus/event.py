# requires 3.7
import asyncio


async def waiter(event, n):
    await event.wait()
    print('woken', n)


async def main():
    event = asyncio.Event()
    waiters = [asyncio.ensure_future(waiter(event, n)) for n in range(3)]
    await asyncio.sleep(0.001)
    event.set()
    await asyncio.gather(*waiters)

asyncio.run(main())
