# no le line
# requires 3.7
# not with PYTHONDEVMODE=1 (in which the interpreter shows the stack)
import asyncio
import os


async def main():
    print('before', flush=True)
    await asyncio.sleep(0)
    os.abort()

asyncio.run(main())
