import asyncio


async def save():
    print("saving")
    await asyncio.sleep(2)
    print("saved")


async def main():
    work = asyncio.ensure_future(save())
    try:
        await asyncio.wait_for(asyncio.shield(work), timeout=1)
    except asyncio.TimeoutError:
        print("no longer waiting")
    await work
    print("done")


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
