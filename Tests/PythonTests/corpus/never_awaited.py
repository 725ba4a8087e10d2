# requires 3.7
import asyncio


async def greet(name):
    print('hello', name)


async def main():
    greet('nobody')
    kept = greet('later')
    await asyncio.sleep(0)
    del kept
    await greet('you')

asyncio.run(main())
