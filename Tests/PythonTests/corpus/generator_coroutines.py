# before 3.8
import asyncio
import warnings

warnings.simplefilter('ignore')


@asyncio.coroutine
def old():
    yield from asyncio.sleep(0.001)
    return 'old'


async def new():
    return await old()

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(old()), loop.run_until_complete(new()))
