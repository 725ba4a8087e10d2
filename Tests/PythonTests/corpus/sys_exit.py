# requires 3.7
import asyncio
import sys


async def main():
    await asyncio.sleep(0)
    print('leaving')
    sys.exit(7)

asyncio.run(main())
