# requires 3.7
import asyncio


async def forever(name):
    try:
        await asyncio.sleep(1000)
    finally:
        print('cleaned', name)


async def main():
    tasks = [asyncio.ensure_future(forever(n)) for n in 'a']
    await asyncio.sleep(0)
    return tasks

asyncio.run(main())
