"""100,000 tasks sleep 10 times each, for up to 0.1 seconds."""
import asyncio


async def sleeper(number):
    for turn in range(10):
        await asyncio.sleep((number * 10 + turn) * 7919 % 1_000_003 / 1e7)


async def main(scale):
    await asyncio.gather(*[sleeper(number) for number in range(round(100_000 * scale))])
