import asyncio


async def speak():
    print("C")


async def main():
    coroutine = speak()
    print("A")
    print("B")
    await coroutine
    print("D")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
