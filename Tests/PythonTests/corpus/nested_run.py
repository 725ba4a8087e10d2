# requires 3.7
import asyncio


async def inner():
    pass


async def main():
    coroutine = inner()
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()
    other = asyncio.new_event_loop()
    coroutine = inner()
    try:
        other.run_until_complete(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()
    other.close()

asyncio.run(main())
