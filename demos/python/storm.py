import asyncio
import sys


async def drop(yields):
    for _ in range(yields):
        await asyncio.sleep(0)


async def main(tasks, yields):
    await asyncio.gather(*[drop(yields) for _ in range(tasks)])


tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 100
yields = int(sys.argv[2]) if len(sys.argv) > 2 else 10

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main(tasks, yields))
