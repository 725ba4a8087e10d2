"""100,000 coroutines are gathered."""
import asyncio


async def square(number):
    return number * number


async def main(scale):
    count = round(100_000 * scale)
    squares = await asyncio.gather(*[square(number) for number in range(count)])
    assert squares[-1] == (count - 1) * (count - 1)
