# requires 3.7
import asyncio


async def nap(n):
    try:
        await asyncio.sleep(n)
        return n
    except asyncio.CancelledError:
        print('nap cancelled')
        raise


async def main():
    print(await asyncio.wait_for(nap(0.001), 5))
    try:
        await asyncio.wait_for(nap(5), 0.001)
    except asyncio.TimeoutError:
        print('timeout')

asyncio.run(main())
