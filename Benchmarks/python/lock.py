"""A lock is handed over 100,000 times among 10 tasks, which give up a turn while they hold it."""
import asyncio


async def visitor(lock, visits):
    for _ in range(visits):
        async with lock:
            await asyncio.sleep(0)


async def main(scale):
    lock = asyncio.Lock()
    await asyncio.gather(*[visitor(lock, round(10_000 * scale)) for _ in range(10)])
