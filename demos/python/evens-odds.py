import asyncio


async def meow(number):
    print("starting", number)
    await asyncio.sleep(1)
    print("stopping", number)


async def main():
    meows = [meow(1), meow(2), meow(3), meow(4), meow(5)]
    for index in range(0, 5, 2):
        await meows[index]
    for index in range(1, 5, 2):
        await meows[index]


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
