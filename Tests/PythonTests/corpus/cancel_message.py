# requires 3.9
import asyncio


async def main():
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel('because')
    try:
        await task
    except asyncio.CancelledError as error:
        print(type(error).__name__)

asyncio.run(main())
