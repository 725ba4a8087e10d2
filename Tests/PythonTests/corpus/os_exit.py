# requires 3.7
import asyncio
import os


async def main():
    print('before', flush=True)
    await asyncio.sleep(0)
    os._exit(5)

asyncio.run(main())
