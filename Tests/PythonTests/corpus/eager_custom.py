# requires 3.12
"""Eager tasks of coroutines that are objects of a class, and that drive one of the user's."""
import asyncio
from collections.abc import Coroutine


class Passing(Coroutine):
    def __init__(self, inner):
        self.inner = inner

    def send(self, value):
        return self.inner.send(value)

    def throw(self, *exception):
        return self.inner.throw(*exception)

    def close(self):
        return self.inner.close()

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)


async def work(number):
    if number > 1:
        await asyncio.sleep(0.001)
    if number % 2:
        raise ValueError(number)
    return number


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(Passing(work(number))) for number in range(4)]
    print([task.done() for task in tasks])
    print(await asyncio.gather(*tasks, return_exceptions=True))


asyncio.run(main())
