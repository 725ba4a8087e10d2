"""A library's coroutine that begins another one by hand, which then will not be closed, and dies later."""
import asyncio
import contextlib

LIBRARY = '''
async def drive(coroutine):
    coroutine.send(None)
    coroutine.close()
'''
library = {}
exec(compile(LIBRARY, contextlib.__file__, 'exec'), library)


async def stubborn():
    try:
        await asyncio.sleep(0)
    finally:
        await asyncio.get_event_loop().create_future()


async def inner():
    await library['drive'](stubborn())


async def outer():
    await inner()


async def beside():
    await asyncio.sleep(0)


async def main():
    other = asyncio.ensure_future(beside())
    for _ in range(2):
        try:
            await outer()
        except RuntimeError as error:
            print(error)
    await other


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
