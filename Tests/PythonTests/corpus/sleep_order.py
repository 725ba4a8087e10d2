import asyncio


async def nap(seconds, name):
    await asyncio.sleep(seconds)
    print(name)
    return name


async def main():
    print(await asyncio.gather(nap(0.15, 'c'), nap(0.05, 'a'), nap(0.1, 'b')))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
