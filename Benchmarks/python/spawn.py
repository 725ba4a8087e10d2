"""1,000,000 tasks that do nothing are made and awaited, one after the other."""
import asyncio


async def nothing():
    pass


async def main(scale):
    for _ in range(round(1_000_000 * scale)):
        await asyncio.create_task(nothing())
