# requires 3.7
import asyncio
import types


@types.coroutine
def bad():
    yield 'not a future'


async def main():
    try:
        await bad()
    except RuntimeError as error:
        print(error)

    async def self_await():
        await asyncio.current_task()
    try:
        await asyncio.ensure_future(self_await())
    except RuntimeError as error:
        print('itself')

asyncio.run(main())
