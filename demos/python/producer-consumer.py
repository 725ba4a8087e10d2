import asyncio


async def produce(queue):
    for number in (1, 2, 3, 4, 5):
        await queue.put(number)
        print("put", number)
    await queue.put(None)


async def consume(queue):
    while True:
        number = await queue.get()
        if number is None:
            break
        print("got", number)
        await asyncio.sleep(1)


async def main():
    queue = asyncio.Queue(maxsize=2)
    await asyncio.gather(produce(queue), consume(queue))


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
