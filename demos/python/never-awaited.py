import asyncio


async def greet(whom):
    print("Hey, %s!" % whom)


async def main():
    greet("world")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
