import asyncio


async def meow(number):
    await asyncio.sleep(number)
    if number == 2:
        raise ValueError("hairball")
    print("stopping", number)
    return number


async def main():
    try:
        await asyncio.gather(meow(1), meow(2), meow(3))
    except ValueError as error:
        print("caught", error)
    print("going on")
    await asyncio.sleep(2)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
