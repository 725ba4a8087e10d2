import asyncio


async def meow():
    raise ValueError("hairball")


async def main():
    asyncio.ensure_future(meow())
    await asyncio.sleep(1)
    print("all is well")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
