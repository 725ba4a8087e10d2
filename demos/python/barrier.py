import asyncio


async def meow(number, barrier):
    await asyncio.sleep(number)
    print(number, "is there")
    await barrier.wait()
    print(number, "goes on")


async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(meow(1, barrier), meow(2, barrier), meow(3, barrier))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
