# requires 3.7
"""What nobody has collected when a program ends at once says nothing."""
import asyncio
import gc
import os


class Circle:
    def __init__(self):
        self.me = self

    def __del__(self):
        print('collected', flush=True)


async def waits(future):
    await future


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.ensure_future(waits(loop.create_future())) for _ in range(20)]
    await asyncio.sleep(0)
    gc.collect()
    Circle()
    kept = []
    while gc.get_count()[0] < gc.get_threshold()[0] - 30:
        kept.append([])
    print(len(tasks), flush=True)
    os._exit(3)


asyncio.run(main())
