"""Futures that call somebody else before the task that awaits them, again and again, as pyzmq's do."""
import asyncio

OPEN, SEEN = [], []


async def ask(count):
    answers = []
    for _ in range(count):
        future = asyncio.Future()
        future.add_done_callback(SEEN.append)
        OPEN.append(future)
        answers.append(await future)
    return answers


async def answer(count):
    for number in range(count):
        await asyncio.sleep(0.001)
        for future in OPEN:
            future.set_result(number)
        OPEN.clear()


async def main():
    print(await asyncio.gather(ask(5), ask(5), answer(5)))
    print([future.result() for future in SEEN])


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
