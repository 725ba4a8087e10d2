# requires 3.8
import asyncio
import logging
import time

logging.basicConfig(format='%(levelname)s %(name)s')


async def slow():
    time.sleep(0.6)


async def main():
    asyncio.get_running_loop().slow_callback_duration = 0.5
    await slow()
    task = asyncio.ensure_future(slow())
    print(len(task.get_stack()))
    await task

asyncio.run(main(), debug=True)
