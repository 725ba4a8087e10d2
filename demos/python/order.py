import asyncio


async def meow(number):
    print("starting", number)
    await asyncio.sleep(1)
    print("stopping", number)


async def main():
    one = meow(1)
    two = meow(2)
    three = meow(3)
    four = meow(4)
    five = meow(5)
    await three
    await one
    await five
    await two
    await four


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
