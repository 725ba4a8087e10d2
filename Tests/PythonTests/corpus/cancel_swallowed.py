# requires 3.7
import asyncio


async def stubborn():
    for _ in range(3):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print('no')
    return 'done anyway'


async def main():
    task = asyncio.ensure_future(stubborn())
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()
    print(await task)

asyncio.run(main())
