import asyncio


async def speak():
    print("C")


async def main():
    task = asyncio.ensure_future(speak())
    await asyncio.sleep(1)
    print("A")
    print("B")
    await task
    print("D")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
