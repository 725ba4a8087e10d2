import asyncio


async def speak():
    print("Hey!")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(speak())
