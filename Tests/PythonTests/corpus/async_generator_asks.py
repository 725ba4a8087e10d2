"""An async generator that, between two values, awaits a coroutine that makes a task."""
import asyncio


async def answer(number):
    await asyncio.sleep(0)
    return number


async def ask(number):
    return await asyncio.ensure_future(answer(number))


async def answers():
    for number in range(4):
        yield await ask(number)


async def main():
    async for number in answers():
        print(number)
    async for number in answers():
        await asyncio.sleep(0)
        print(number)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
