# requires 3.7
import asyncio


async def greet():
    pass


async def main():
    greet()

asyncio.run(main(), debug=True)
