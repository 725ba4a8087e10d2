# requires 3.11
import asyncio


async def fail():
    await asyncio.sleep(0)
    raise ValueError('broken')


async def sleeper():
    try:
        await asyncio.sleep(10)
    finally:
        print('sleeper ends')


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(sleeper())
            group.create_task(fail())
    except* ValueError as group:
        print(group.exceptions)
    async with asyncio.TaskGroup() as group:
        group.create_task(fail())

asyncio.run(main())
