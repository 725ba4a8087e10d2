# requires 3.7
import asyncio


async def main():
    exec('def f(:\n  pass')

asyncio.run(main())
