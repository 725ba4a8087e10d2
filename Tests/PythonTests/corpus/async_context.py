# requires 3.7
import asyncio
import contextlib


@contextlib.asynccontextmanager
async def resource(name):
    print('open', name)
    await asyncio.sleep(0)
    try:
        yield name
    finally:
        await asyncio.sleep(0)
        print('close', name)


async def main():
    async with resource('a') as a, resource('b') as b:
        print(a, b)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(resource('c'))
        stack.push_async_callback(asyncio.sleep, 0)
    try:
        async with resource('d'):
            raise ValueError('inside')
    except ValueError as error:
        print(error)

asyncio.run(main())
