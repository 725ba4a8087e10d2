# requires 3.7
import asyncio


async def greet():
    pass


async def main():
    asyncio.get_running_loop().slow_callback_duration = 60     # however busy the machine is
    greet()

asyncio.run(main(), debug=True)
