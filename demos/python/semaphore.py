import asyncio


async def meow(number, semaphore):
    async with semaphore:
        print("starting", number)
        await asyncio.sleep(1)
        print("stopping", number)


async def main():
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*[meow(number, semaphore) for number in (1, 2, 3, 4, 5)])


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
