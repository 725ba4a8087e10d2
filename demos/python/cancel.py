import asyncio


async def meow():
    try:
        print("sleeping")
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled at the await")
        raise
    finally:
        print("tidied up")


async def main():
    task = asyncio.ensure_future(meow())
    await asyncio.sleep(1)
    task.cancel()
    print("asked to cancel")
    try:
        await task
    except asyncio.CancelledError:
        print("meow() is gone")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
