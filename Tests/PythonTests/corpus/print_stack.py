# requires 3.7
import asyncio
import sys
import traceback


async def inner():
    traceback.print_stack(file=sys.stdout)
    await asyncio.sleep(0)


async def main():
    task = asyncio.ensure_future(inner())
    await asyncio.sleep(0)
    task.print_stack(file=sys.stdout)
    await task

traceback.print_stack(file=sys.stdout)
asyncio.run(main())
