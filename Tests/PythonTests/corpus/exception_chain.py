# requires 3.7
import asyncio


async def first():
    raise OSError(2, 'no such thing')


async def main():
    try:
        await asyncio.ensure_future(first())
    except OSError as error:
        raise RuntimeError('while opening') from error

asyncio.run(main())
