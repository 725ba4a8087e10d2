import asyncio


async def meow(number):
    print("starting", number)
    await asyncio.sleep(1)
    print("stopping", number)


async def main():
    await asyncio.wait([meow(1), meow(2), meow(3), meow(4), meow(5)])


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
