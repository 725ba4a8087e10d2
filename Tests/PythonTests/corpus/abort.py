# no le line
# requires 3.7
import asyncio
import os


async def main():
    print('before', flush=True)
    await asyncio.sleep(0)
    os.abort()

asyncio.run(main())
