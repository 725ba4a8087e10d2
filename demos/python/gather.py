import asyncio


async def meow(number):
    await asyncio.sleep(1)
    return number


async def main():
    numbers = await asyncio.gather(meow(1), meow(2), meow(3), meow(4), meow(5))
    print(numbers)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
