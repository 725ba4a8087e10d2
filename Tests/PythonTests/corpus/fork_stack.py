# requires 3.7
# not with PYTHONDEVMODE=1 (in which 3.8 ends itself, for a fault in its memory)
"""What a forked process prints of its stack, and how it fails."""
import asyncio
import os
import sys
import traceback


async def in_child():
    traceback.print_stack(file=sys.stdout)
    await asyncio.sleep(0)
    raise ValueError('in the child')

process = os.fork()
if process == 0:
    asyncio.run(in_child())
print(os.waitpid(process, 0)[1] >> 8, flush=True)


async def main():
    traceback.print_stack(file=sys.stdout)

asyncio.run(main())
