# requires 3.7
# not with PYTHONDEVMODE=1 (in which the interpreter shows the stack)
# no le line: the process dies
import asyncio
import ctypes


async def main():
    print('before', flush=True)
    await asyncio.sleep(0)
    ctypes.string_at(0)

asyncio.run(main())
