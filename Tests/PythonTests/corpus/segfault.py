# requires 3.7
# no le line: the process dies
import asyncio
import ctypes


async def main():
    print('before', flush=True)
    await asyncio.sleep(0)
    ctypes.string_at(0)

asyncio.run(main())
