# requires 3.7
import asyncio


async def fetch(n):
    await asyncio.sleep(0.001)
    return n


async def numbers(count):
    try:
        for n in range(count):
            yield await fetch(n)
    finally:
        print('generator ends')


async def main():
    async for n in numbers(3):
        print(n)
        await asyncio.sleep(0)
    print([n async for n in numbers(2)])
    generator = numbers(5)
    print(await generator.__anext__())
    await generator.aclose()
    async for n in numbers(5):
        break
    print('left early')

asyncio.run(main())
print('over')
