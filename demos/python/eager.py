import asyncio


async def speak():
    print("C")
    await asyncio.sleep(0)
    print("E")


async def main():
    loop.set_task_factory(asyncio.eager_task_factory)
    task = loop.create_task(speak())
    print("A")
    print("B")
    await task
    print("D")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
