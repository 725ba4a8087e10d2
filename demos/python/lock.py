import asyncio


async def meow(number, lock):
    print(number, "wants the bowl")
    async with lock:
        print(number, "eats")
        await asyncio.sleep(1)
    print(number, "is full")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(meow(1, lock), meow(2, lock), meow(3, lock))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
