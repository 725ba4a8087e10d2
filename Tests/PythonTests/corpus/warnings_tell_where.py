"""Warnings that tell where their object was made, as tracemalloc has seen it, from the bottom of the stack on."""
import asyncio
import tracemalloc
import warnings


async def never():
    pass


async def main():
    never()
    open('/dev/null')


warnings.simplefilter('always')
tracemalloc.start(30)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
