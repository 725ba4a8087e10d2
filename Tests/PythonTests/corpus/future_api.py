# requires 3.7
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda f: print('callback', f.result()))
    loop.call_soon(future.set_result, 'value')
    print(await future, future.done())
    try:
        future.set_result(2)
    except asyncio.InvalidStateError as error:
        print(type(error).__name__)
    failed = loop.create_future()
    failed.set_exception(KeyError('k'))
    try:
        await failed
    except KeyError as error:
        print(repr(error))
    cancelled = loop.create_future()
    cancelled.cancel()
    try:
        await cancelled
    except asyncio.CancelledError:
        print('cancelled')
    wrapped = asyncio.ensure_future(asyncio.gather())
    print(await wrapped)

asyncio.run(main())
