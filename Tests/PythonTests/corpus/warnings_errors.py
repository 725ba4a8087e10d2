# requires 3.7
import asyncio
import warnings


async def lost():
    pass


async def main():
    lost()
    await asyncio.sleep(0)
    print('end')

warnings.simplefilter('error')
asyncio.run(main())
