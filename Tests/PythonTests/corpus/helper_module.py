# not run by itself
import asyncio


async def double(n):
    await asyncio.sleep(0)
    return 2 * n


async def fail():
    raise LookupError('from a module')
