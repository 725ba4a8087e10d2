# requires 3.7
import asyncio


async def inner():
    await asyncio.sleep(0.2)
    print('inner done')
    return 5


async def main():
    task = asyncio.ensure_future(inner())
    outer = asyncio.ensure_future(asyncio.wait_for(asyncio.shield(task), 0.001))
    try:
        await outer
    except asyncio.TimeoutError:
        print('timeout')
    print(await task)

asyncio.run(main())
