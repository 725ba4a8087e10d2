import asyncio


async def meow(number):
    print("starting", number)
    await asyncio.sleep(1)
    print("stopping", number)


async def main():
    tasks = [
        asyncio.ensure_future(meow(1)),
        asyncio.ensure_future(meow(2)),
        asyncio.ensure_future(meow(3)),
        asyncio.ensure_future(meow(4)),
        asyncio.ensure_future(meow(5)),
    ]
    await asyncio.wait(tasks)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
