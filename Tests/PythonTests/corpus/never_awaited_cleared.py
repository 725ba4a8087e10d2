import asyncio


async def greet():
    pass

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.call_soon(loop.stop)
loop.run_forever()
loop.call_soon(asyncio.ensure_future, greet())
loop.close()                # which clears the ready queue, and with it the coroutine
