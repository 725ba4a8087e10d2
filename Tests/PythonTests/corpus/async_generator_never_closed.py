# requires 3.7
"""An async generator that asyncio cannot close, since it was left in the middle of an await: what it has dies with it,
and not at the end of the program."""

import asyncio
import gc
import types

gc.disable()


class Held:
    def __del__(self):
        print('let go of')


@types.coroutine
def bare():
    yield


async def generate():
    held = Held()
    await bare()
    yield held


async def leaves():
    async for _ in generate():
        pass


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context['message']))
    for _ in range(2):
        left = leaves()
        left.send(None)
        try:
            left.close()
        except RuntimeError as error:
            print(error)
        del left
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print('next')


asyncio.run(main())
print('end')
