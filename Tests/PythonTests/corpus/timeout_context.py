# requires 3.11
import asyncio


async def main():
    try:
        async with asyncio.timeout(0.001):
            await asyncio.sleep(5)
    except TimeoutError:
        print('timeout')
    async with asyncio.timeout(5) as scope:
        scope.reschedule(asyncio.get_running_loop().time() + 3)
        await asyncio.sleep(0.001)
    print(scope.expired())

asyncio.run(main())
