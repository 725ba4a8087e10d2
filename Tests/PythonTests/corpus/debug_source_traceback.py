# requires 3.8
import asyncio


def where(handle):
    return [(f.name, f.lineno) for f in handle._source_traceback[-2:]]


async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 60    # however busy the machine is
    loop.set_debug(True)
    print(where(loop.call_soon(print, 1)))
    print(where(loop.call_later(0.2, print, 2)))
    print(where(loop.call_at(loop.time(), print, 3)))
    print(where(loop.create_future()))
    print(where(asyncio.ensure_future(asyncio.sleep(0))))
    await asyncio.sleep(0.4)

asyncio.run(main())
