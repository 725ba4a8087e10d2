# requires 3.7
import asyncio
import sys


def hook(kind, value, tb):
    raise TypeError('broken hook')

sys.excepthook = hook


async def main():
    raise ValueError('for the hook')

asyncio.run(main())
