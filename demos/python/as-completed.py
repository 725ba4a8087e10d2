import asyncio


async def meow(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    tasks = [asyncio.ensure_future(meow(seconds)) for seconds in (3, 1, 2)]
    for future in asyncio.as_completed(tasks):
        print(await future)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
