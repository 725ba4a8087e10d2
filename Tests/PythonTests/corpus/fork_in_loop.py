# requires 3.7
"""A process that is forked in a step goes on with a copy of the loop, and then runs another one."""
import asyncio
import os
import sys


async def again():
    await asyncio.sleep(0.001)
    print('again', flush=True)


async def main():
    process = os.fork()
    await asyncio.sleep(0.001)
    return process

process = asyncio.run(main())
if process == 0:
    try:
        asyncio.get_running_loop()
    except RuntimeError as error:
        print(error)
    asyncio.run(again())
    sys.exit(3)
print(os.waitpid(process, 0)[1] >> 8)
