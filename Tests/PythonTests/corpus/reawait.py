# requires 3.7
import asyncio


async def answer():
    await asyncio.sleep(0)
    return 42


async def main():
    task = asyncio.ensure_future(answer())
    print(await task, await task)
    coroutine = answer()
    print(await coroutine)
    try:
        await coroutine
    except RuntimeError as error:
        print(error)

    async def twice(c):
        return await c
    coroutine = answer()
    print(await asyncio.gather(twice(coroutine), twice(coroutine), return_exceptions=True))

asyncio.run(main())
