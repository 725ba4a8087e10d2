import asyncio


async def meow(number, first, second):
    async with first:
        print(number, "has one")
        await asyncio.sleep(1)
        async with second:
            print(number, "has both")


async def main():
    fork = asyncio.Lock()
    knife = asyncio.Lock()
    await asyncio.gather(meow(1, fork, knife), meow(2, knife, fork))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
