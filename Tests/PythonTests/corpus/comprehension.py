# requires 3.8
import asyncio


async def value(n):
    await asyncio.sleep(0)
    return n


async def main():
    print([await value(n) for n in range(3)])
    print({n: await value(n) for n in range(2)})
    generator = (await value(n) for n in range(2))
    print([n async for n in generator])

asyncio.run(main())
