# The post's open question. Starts in an arbitrary order up to 3.10; refused from 3.11 on.
import asyncio
import sys


async def meow(n):
    await asyncio.sleep(0)
    return n


async def main():
    meows = [meow(n) for n in range(5)]
    try:
        done, _ = await asyncio.wait(meows)
        print(sorted(t.result() for t in done))
    except TypeError as error:
        print('TypeError', error)
        for coroutine in meows:
            coroutine.close()

if sys.version_info >= (3, 7):
    asyncio.run(main())
else:
    asyncio.get_event_loop().run_until_complete(main())
