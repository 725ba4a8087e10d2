# requires 3.7
"""Async generators that are left in the middle: tasks of their own close them, while who left them awaits other things."""
import asyncio

open_questions = []


async def answer():
    while True:
        await asyncio.sleep(0)
        if open_questions:
            open_questions.pop(0).set_result('answered')


async def ask(count):
    for _ in range(count):
        question = asyncio.get_event_loop().create_future()
        open_questions.append(question)
        await question


async def clean_up():
    await asyncio.sleep(0)


async def numbers():
    try:
        for number in range(3):
            yield number
    finally:
        await clean_up()


async def first(name):
    async for number in numbers():
        print(name, number)
        break
    for asking in [ask(2), ask(2)]:
        await asking


async def main():
    answering = asyncio.ensure_future(answer())
    for _ in range(2):
        await asyncio.gather(ask(2), first('one'), first('two'))
    answering.cancel()


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
loop.close()
