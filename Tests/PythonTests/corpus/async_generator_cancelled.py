# requires 3.7
"""A generator that is left, and whose closing is cancelled before it has begun, when the run is over."""
import asyncio


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print('closed')


async def main():
    async for number in numbers():
        break
    print(number)

asyncio.run(main())
