# requires 3.7
import asyncio


def callback(word):
    raise ValueError(word)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(callback, 'soon')
    loop.call_later(0.001, callback, 'later')
    await asyncio.sleep(0.01)
    print('still here')

asyncio.run(main())
