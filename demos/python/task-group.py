import asyncio


async def meow(number):
    try:
        print("starting", number)
        await asyncio.sleep(number)
        if number == 2:
            raise ValueError("hairball")
        print("stopping", number)
    except asyncio.CancelledError:
        print("cancelled", number)
        raise


async def main():
    async with asyncio.TaskGroup() as group:
        for number in (1, 2, 3):
            group.create_task(meow(number))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
