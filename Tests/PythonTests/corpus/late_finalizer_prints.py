"""Coroutines that are begun by hand and let go of: they print in their finalizers, which end in a failure or not."""
import asyncio


async def stubborn(name, times):
    try:
        await asyncio.sleep(0)
    finally:
        for number in range(times):
            print(name, 'ends', number)
            await asyncio.sleep(0)


async def polite(name):
    try:
        await asyncio.sleep(0)
    finally:
        print(name, 'ends')


async def nested(name):
    await polite(name)


def begin(coroutine):
    coroutine.send(None)
    return coroutine


async def keeps(name):
    kept = [begin(polite(name)) for _ in range(2)]
    await asyncio.sleep(0)
    return len(kept)


async def main():
    for number in range(4):
        await keeps('kept below')
        begin(polite(number))
        kept = begin(nested(number))
        await asyncio.sleep(0)
        del kept
        begin(stubborn(number, 0))
        kept = [begin(polite('kept')) for _ in range(2)]
        try:
            begin(stubborn('closed', 1)).close()
        except RuntimeError as error:
            print(error)
        await asyncio.sleep(0)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
