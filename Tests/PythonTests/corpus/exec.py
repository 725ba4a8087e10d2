# requires 3.7
# no le line: another program takes its place
import asyncio
import os
import sys


async def main():
    print('before', flush=True)
    await asyncio.sleep(0)
    os.execv(sys.executable, [sys.executable, '-c', 'print("after")'])

asyncio.run(main())
