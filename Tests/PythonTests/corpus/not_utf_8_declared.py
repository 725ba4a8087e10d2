# -*- coding: latin-1 -*-
import asyncio
import sys


def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


async def order(where):
    await asyncio.sleep(0)
    raise ValueError('closed: %a' % where)


async def main():
    print(sys._getframe().f_code.co_filename, depth())
    await asyncio.gather(order('café'), return_exceptions=True)
    await order('café')

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
