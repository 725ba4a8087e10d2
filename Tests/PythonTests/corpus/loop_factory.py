# requires 3.12
import asyncio


class Loop(asyncio.SelectorEventLoop):
    pass


async def main():
    print(type(asyncio.get_running_loop()).__name__)

asyncio.run(main(), loop_factory=Loop)
