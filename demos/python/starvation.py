import asyncio


async def nothing():
    pass


async def greedy():
    for number in (1, 2, 3):
        print("greedy", number)
        await nothing()


async def polite(name):
    for number in (1, 2, 3):
        print(name, number)
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(greedy(), polite("one"), polite("two"))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
