import asyncio


async def meow():
    return 1


async def main():
    task = asyncio.ensure_future(meow())
    print(await task)
    print(await task)

    coroutine = meow()
    print(await coroutine)
    print(await coroutine)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
