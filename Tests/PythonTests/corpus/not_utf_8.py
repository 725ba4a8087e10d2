import asyncio


async def main():
    print('not one line of this is run')
    await asyncio.sleep(0)          # not even in a café

asyncio.run(main())
