"""Prints bytes of resident memory for each sleeping task: python memory.py TASKS asyncio|uvloop."""
import asyncio
import sys

from workload import factory, resident


async def sleeper():
    await asyncio.sleep(1)


async def main(count):
    await asyncio.create_task(sleeper())
    before = resident()
    tasks = [asyncio.create_task(sleeper()) for _ in range(count)]
    await asyncio.sleep(0.5)
    print((resident() - before) // count)
    for task in tasks:
        task.cancel()


with asyncio.Runner(loop_factory=factory(sys.argv[2])) as runner:
    runner.run(main(int(sys.argv[1])))
