# requires 3.10
import asyncio


async def numbers():
    yield 1


async def main():
    generator = aiter(numbers())
    print(await anext(generator), await anext(generator, 'default'))

asyncio.run(main())
