import asyncio
import time


async def tick():
    for number in (1, 2, 3, 4, 5):
        print("tick", number)
        await asyncio.sleep(1)


async def main():
    clock = asyncio.ensure_future(tick())
    await asyncio.sleep(0.5)
    print("blocking")
    time.sleep(2)
    print("blocked for 2 s")
    await loop.run_in_executor(None, time.sleep, 2)
    print("waited for 2 s")
    await clock


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
