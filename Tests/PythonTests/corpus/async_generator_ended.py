# requires 3.7
"""Async generators that end within a step, whose frames' places in memory others get in the same."""
import asyncio


async def numbers():
    await asyncio.sleep(0)
    yield 1
    yield 2


async def inner(depth):
    print('inner', depth)
    return await inner(depth - 1) if depth else 0


async def outer(depth):
    print('outer', depth)
    return await inner(depth)


async def main():
    generators = [numbers() for _ in range(20)]
    for generator in generators:
        print(await generator.__anext__())
    await asyncio.sleep(0)
    for number in range(20):
        async for one in generators.pop():
            print(one)
        print(await outer(number % 4))

asyncio.run(main())
