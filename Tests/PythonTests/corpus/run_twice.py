# requires 3.7
import asyncio


async def main(n):
    await asyncio.sleep(0)
    print('run', n)

asyncio.run(main(1))
asyncio.run(main(2))
try:
    asyncio.run(None)
except ValueError as error:
    print(type(error).__name__)
except TypeError as error:
    print(type(error).__name__)
