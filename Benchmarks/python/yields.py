"""10,000 tasks yield 100 times each."""
import asyncio


async def drop(yields):
    for _ in range(yields):
        await asyncio.sleep(0)


async def main(scale):
    await asyncio.gather(*[drop(100) for _ in range(round(10_000 * scale))])
