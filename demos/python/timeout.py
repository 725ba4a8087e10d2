import asyncio


async def meow():
    try:
        print("starting")
        await asyncio.sleep(10)
        print("stopping")
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def main():
    try:
        await asyncio.wait_for(meow(), timeout=1)
    except asyncio.TimeoutError:
        print("gave up")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
