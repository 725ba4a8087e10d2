"""Coroutines that nobody awaits and a failure that nobody takes, in circles that die when the interpreter ends."""
import asyncio
import gc

gc.disable()


async def number(value):
    return value


async def fails():
    both = [number(1), number(2)]
    try:
        await both[0]
        raise ValueError(both.append(both))
    except ValueError as error:
        kept = error
    raise kept


async def main():
    try:
        await fails()
    except ValueError as error:
        kept = error
    await asyncio.wait([asyncio.ensure_future(fails())])


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
print('the end')
